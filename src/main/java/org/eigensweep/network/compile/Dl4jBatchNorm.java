package org.eigensweep.network.compile;

import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.Dl4jOptions;
import org.eigensweep.network.layer.Affine;
import org.eigensweep.network.layer.BatchNorm;
import org.eigensweep.network.layer.Channels;
import org.eigensweep.network.layer.RunningNorm;

/** Reads batch normalisation. */
final class Dl4jBatchNorm {
  private Dl4jBatchNorm() {}

  static Dl4jStep of(BatchNormalization layer, Dl4jLayout before) {
    Channels channels = channels(layer, before);
    return Dl4jStep.of(new BatchNorm(channels, layer.getEps(), affine(layer)), before);
  }

  /** By the running statistics, as DL4J runs one in a frozen layer. */
  static Dl4jStep running(FrozenLayer frozen, Dl4jLayout before) {
    Dl4jOptions.of(frozen).ofLayer().reads("layer").done();
    BatchNormalization layer = (BatchNormalization) frozen.getLayer();
    Channels channels = channels(layer, before);
    RunningNorm.Scale scale =
        layer.isUseLogStd() ? RunningNorm.Scale.LOGARITHM : RunningNorm.Scale.VARIANCE;
    return Dl4jStep.of(new RunningNorm(channels, layer.getEps(), affine(layer), scale), before);
  }

  private static Channels channels(BatchNormalization layer, Dl4jLayout before) {
    Dl4jOptions.of(layer)
        .ofLayer()
        .reads("nOut", "eps", "gamma", "beta", "lockGammaBeta")
        .needs("nIn", layer.getNOut())
        .needs("cnn2DFormat", CNN2DFormat.NCHW)
        .ignores("decay", "useLogStd", "isMinibatch") // of the running statistics
        .ignores("activationFn") // DL4J applies none
        .ignores("cudnnAllowFallback")
        .done();
    if (before.sequence() != null) {
      throw NoRule.of("an input of positions", "vectors or images");
    }
    InputShape image = before.image();
    int positions = image == null ? 1 : image.height() * image.width();
    return new Channels(Math.toIntExact(layer.getNOut()), positions);
  }

  /** DL4J's forward pass leaves out locked numbers unless both γ ≠ 1 and β ≠ 0. */
  private static Affine affine(BatchNormalization layer) {
    if (!layer.isLockGammaBeta()) {
      return new Affine.Learned();
    }
    boolean applied = layer.getGamma() != 1 && layer.getBeta() != 0;
    return applied ? new Affine.Fixed(layer.getGamma(), layer.getBeta()) : new Affine.Fixed(1, 0);
  }
}
