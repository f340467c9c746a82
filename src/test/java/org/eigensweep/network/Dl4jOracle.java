package org.eigensweep.network;

import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Trainable;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.eigensweep.array.Matrix;
import org.eigensweep.data.Dataset;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.dl4j.Dl4jExamples;
import org.eigensweep.network.dl4j.Dl4jModel;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.NoOp;

/**
 * The training loss and its gradient as DL4J computes them, in float64: the mean loss and what the
 * configuration's regularisation adds.
 */
@SuppressWarnings("ArrayRecordComponent") // read, never compared
public record Dl4jOracle(double loss, double[] gradient) {
  public static Dl4jOracle at(Architecture architecture, Matrix theta, Dataset data) {
    Dl4jModel dl4j = withoutUpdaters(architecture.create(0));
    dl4j.assign(Nd4j.createFromArray(theta.toDoubles()).reshape(1, theta.rows()));
    int n = data.examples();
    int[] all = IntStream.range(0, n).toArray();
    Dl4jExamples examples = Dl4jExamples.of(dl4j, data);
    INDArray gradient = dl4j.gradientOfSum(examples.labels(all), examples.inputs(all));
    // DL4J's updater divides the gradient by the examples and adds that of the L2 term.
    if (dl4j instanceof Dl4jModel.Sequential it) {
      it.network()
          .getUpdater()
          .update(it.network(), it.network().gradient(), 0, 0, n, LayerWorkspaceMgr.noWorkspaces());
      return new Dl4jOracle(it.network().score(), gradient.toDoubleVector());
    }
    Dl4jModel.Graph it = (Dl4jModel.Graph) dl4j;
    it.graph()
        .getUpdater()
        .update(it.graph().gradient(), 0, 0, n, LayerWorkspaceMgr.noWorkspaces());
    return new Dl4jOracle(it.graph().score(), gradient.toDoubleVector());
  }

  /** The same network, whose updaters leave gradients as they are. */
  private static Dl4jModel withoutUpdaters(Dl4jModel model) {
    for (Trainable part : model.layers().values()) {
      if (part.getConfig() instanceof BaseLayer layer) {
        layer.setIUpdater(new NoOp());
        layer.setBiasUpdater(new NoOp());
      }
    }
    return model;
  }
}
