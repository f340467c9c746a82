package org.eigensweep.network.vertex;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * Scaled dot-product attention at work. With S = QKᵀ/√size + padding, P = softmax(S) and O = PV: ∂V
 * = Pᵀ∂O, ∂S = P⊙(∂P − Σ ∂P⊙P) for ∂P = ∂O·Vᵀ, ∂Q = ∂S·K/√size and ∂K = ∂Sᵀ·Q/√size. Arrays of a
 * head are examples × heads × length × size. Nothing is kept between the passes: DL4J's workspaces
 * would take it away.
 */
@SuppressWarnings("overrides") // DL4J's base class drops an ellipsis of its interface
final class RunningAttention extends BaseGraphVertex {
  /** Below the score of any token by so much that its weight is zero. */
  private static final double PADDING = -1e9;

  private static final int PARTS = 3;

  private final DotProductAttentionVertex configuration;

  RunningAttention(
      ComputationGraph graph,
      String name,
      int index,
      DataType type,
      DotProductAttentionVertex configuration) {
    super(graph, name, index, null, null, type);
    this.configuration = configuration;
  }

  private int size() {
    return configuration.getWidth() / configuration.getHeads();
  }

  /** Queries, keys or values: part 0, 1 or 2. */
  private INDArray part(int part) {
    return inputs[0]
        .dup('c')
        .reshape('c', configuration.getLength(), -1, PARTS, configuration.getHeads(), size())
        .get(
            NDArrayIndex.all(),
            NDArrayIndex.all(),
            NDArrayIndex.point(part),
            NDArrayIndex.all(),
            NDArrayIndex.all())
        .permute(1, 2, 0, 3)
        .dup('c');
  }

  private INDArray probabilities() {
    int length = configuration.getLength();
    INDArray padding = inputs[1].rsub(1).muli(PADDING).reshape(-1, 1, 1, length);
    INDArray scores = Nd4j.matmul(part(0), part(1), false, true, false).divi(Math.sqrt(size()));
    scores.addi(padding.castTo(scores.dataType()).broadcast(scores.shape()));
    return Transforms.softmax(scores.dup('c').reshape('c', -1, length))
        .reshape('c', scores.shape());
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    INDArray mixed = Nd4j.matmul(probabilities(), part(2)).permute(2, 0, 1, 3).dup('c');
    return workspaces.leverageTo(
        ArrayType.ACTIVATIONS, mixed.reshape('c', -1, configuration.getWidth()));
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean tbptt, LayerWorkspaceMgr workspaces) {
    INDArray upstream =
        epsilon
            .dup('c')
            .reshape('c', configuration.getLength(), -1, configuration.getHeads(), size())
            .permute(1, 2, 0, 3)
            .dup('c');
    INDArray probabilities = probabilities();
    INDArray weighted = Nd4j.matmul(upstream, part(2), false, true, false).muli(probabilities);
    INDArray sums = weighted.sum(true, 3).broadcast(weighted.shape());
    INDArray scores = weighted.subi(probabilities.mul(sums)).divi(Math.sqrt(size()));
    INDArray[] parts = {
      Nd4j.matmul(scores, part(1)),
      Nd4j.matmul(scores, part(0), true, false, false),
      Nd4j.matmul(probabilities, upstream, true, false, false)
    };
    INDArray[] gradients = {
      workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, joined(parts)),
      workspaces.leverageTo(ArrayType.ACTIVATION_GRAD, Nd4j.zerosLike(inputs[1]))
    };
    return Pair.of(null, gradients);
  }

  /** Queries, keys and values side by side again, a position a row. */
  private INDArray joined(INDArray[] parts) {
    int width = configuration.getWidth();
    INDArray[] rows = new INDArray[PARTS];
    for (int i = 0; i < PARTS; i++) {
      rows[i] = parts[i].permute(2, 0, 1, 3).dup('c').reshape('c', -1, width);
    }
    return Nd4j.concat(1, rows);
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int examples) {
    return masks == null ? null : Pair.of(masks[0], state);
  }

  @Override
  public void setBackpropGradientsViewArray(INDArray gradients) {
    if (gradients != null) {
      throw new IllegalStateException("a gradient view for a vertex without parameters");
    }
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public String toString() {
    return "RunningAttention(%s)".formatted(getVertexName());
  }
}
