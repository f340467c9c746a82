package org.eigensweep.network.vertex;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.ElementWiseParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Layer normalisation at work. Nothing is kept between the passes: DL4J's workspaces would take it
 * away, so the backward pass standardises the rows once more.
 */
final class RunningLayerNormalization extends BaseLayer<LayerNormalizationLayer> {
  private static final String GAIN = ElementWiseParamInitializer.WEIGHT_KEY;
  private static final String BIAS = ElementWiseParamInitializer.BIAS_KEY;

  RunningLayerNormalization(NeuralNetConfiguration configuration, DataType type) {
    super(configuration, type);
  }

  @Override
  public boolean isPretrainLayer() {
    return false;
  }

  private INDArray centred() {
    return input.subColumnVector(input.mean(true, 1));
  }

  private INDArray deviation(INDArray centred) {
    INDArray variance = Transforms.pow(centred, 2).mean(true, 1);
    return Transforms.sqrt(variance.addi(layerConf().getEpsilon()));
  }

  @Override
  protected Pair<INDArray, INDArray> preOutputWithPreNorm(
      boolean training, boolean forBackprop, LayerWorkspaceMgr workspaces) {
    INDArray centred = centred();
    INDArray rows =
        centred
            .diviColumnVector(deviation(centred))
            .muliRowVector(getParam(GAIN))
            .addiRowVector(getParam(BIAS));
    return Pair.of(workspaces.leverageTo(ArrayType.ACTIVATIONS, rows), null);
  }

  /** With x̂ the standardised row: ∂x = (∂x̂ − mean(∂x̂) − x̂·mean(∂x̂⊙x̂)) / deviation. */
  @Override
  public Pair<Gradient, INDArray> backpropGradient(
      INDArray upstream, LayerWorkspaceMgr workspaces) {
    INDArray centred = centred();
    INDArray deviation = deviation(centred);
    INDArray standard = centred.diviColumnVector(deviation);
    Gradient gradient = new DefaultGradient();
    add(gradient, GAIN, upstream.mul(standard).sum(true, 0));
    add(gradient, BIAS, upstream.sum(true, 0));
    INDArray inner = upstream.mulRowVector(getParam(GAIN));
    INDArray along = standard.mulColumnVector(inner.mul(standard).mean(true, 1));
    inner.subiColumnVector(inner.mean(true, 1)).subi(along).diviColumnVector(deviation);
    return Pair.of(gradient, workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, inner));
  }

  private void add(Gradient gradient, String key, INDArray value) {
    INDArray view = gradientViews.get(key);
    view.assign(value);
    gradient.gradientForVariable().put(key, view);
  }
}
