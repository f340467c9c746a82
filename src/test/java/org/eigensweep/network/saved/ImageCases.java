package org.eigensweep.network.saved;

import static org.eigensweep.network.saved.SavedCase.image;
import static org.eigensweep.network.saved.SavedCase.volume;
import static org.eigensweep.network.saved.Verdict.DIFFERENCES;
import static org.eigensweep.network.saved.Verdict.EXACT;
import static org.eigensweep.network.saved.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.nd4j.linalg.activations.Activation;

/** Layers over images and volumes. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class ImageCases {
  private ImageCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(images(), pooling(), volumes()).flatMap(List::stream);
  }

  private static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(2, 2).nOut(3).activation(Activation.TANH);
  }

  static List<SavedCase> images() {
    String layer = "layer0 (ConvolutionLayer): ";
    return List.of(
        image("plain", convolution().build(), EXACT, ""),
        image("padding and stride", convolution().padding(1, 0).stride(2, 1).build(), EXACT, ""),
        image("same", convolution().convolutionMode(ConvolutionMode.Same).build(), EXACT, ""),
        image("strict", convolution().convolutionMode(ConvolutionMode.Strict).build(), EXACT, ""),
        image("dilation", convolution().dilation(2, 2).build(), DIFFERENCES, layer + "dilation"),
        image("no biases", convolution().hasBias(false).build(), DIFFERENCES, layer + "hasBias"),
        image(
            "dropout",
            convolution()
                .dropOut(new org.deeplearning4j.nn.conf.dropout.SpatialDropout(0.5))
                .build(),
            REFUSED,
            layer + "dropout"),
        image(
            "",
            new Deconvolution2D.Builder(2, 2).nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            LayerCases.noRule(Deconvolution2D.class)),
        image(
            "",
            new DepthwiseConvolution2D.Builder(2, 2)
                .depthMultiplier(2)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            LayerCases.noRule(DepthwiseConvolution2D.class)),
        image(
            "",
            new SeparableConvolution2D.Builder(2, 2).nOut(3).activation(Activation.TANH).build(),
            REFUSED,
            "layer0 (SeparableConvolution2D): DL4J's gradient along layer0."),
        image(
            "",
            new LocallyConnected2D.Builder()
                .kernelSize(2, 2)
                .nOut(3)
                .activation(Activation.TANH)
                .build(),
            REFUSED,
            "layer0 (LocallyConnected2D): DL4J's gradient"),
        capsules(PrimaryCapsules.class),
        capsules(CapsuleLayer.class),
        capsules(CapsuleStrengthLayer.class),
        image(
            "",
            new LocalResponseNormalization.Builder().build(),
            REFUSED,
            "DL4J says: Cannot perform operation addi"),
        image("", new BatchNormalization.Builder().build(), EXACT, ""),
        image(
            "",
            new PReLULayer.Builder().inputShape(2, 4, 4).build(),
            REFUSED,
            "layer0 (PReLULayer): DL4J's gradient along layer0.W"),
        image(
            "",
            new SpaceToDepthLayer.Builder(2).build(),
            DIFFERENCES,
            LayerCases.noRule(SpaceToDepthLayer.class)),
        image(
            "",
            new Upsampling2D.Builder(2).build(),
            DIFFERENCES,
            LayerCases.noRule(Upsampling2D.class)),
        image(
            "",
            new ZeroPaddingLayer.Builder(1, 1).build(),
            DIFFERENCES,
            LayerCases.noRule(ZeroPaddingLayer.class)),
        image(
            "",
            new Cropping2D.Builder(1, 1).build(),
            DIFFERENCES,
            LayerCases.noRule(Cropping2D.class)),
        image(
            "", new SpaceToBatchLayer.Builder(new int[] {2, 2}).build(), REFUSED, "makes outputs"),
        image(
            "mean of planes",
            new GlobalPoolingLayer(PoolingType.AVG),
            DIFFERENCES,
            "layer0 (GlobalPoolingLayer): pool"));
  }

  /** One network holds all three kinds, which SameDiff runs. */
  private static SavedCase capsules(Class<?> subject) {
    return new SavedCase("", subject, SavedCase::capsules, SavedCase.IMAGES, REFUSED, "DL4J says");
  }

  private static SubsamplingLayer.Builder pool(PoolingType type) {
    return new SubsamplingLayer.Builder(type).kernelSize(2, 2).stride(2, 2);
  }

  static List<SavedCase> pooling() {
    String layer = "layer0 (SubsamplingLayer): ";
    return List.of(
        image("max", pool(PoolingType.MAX).build(), EXACT, ""),
        image("mean", pool(PoolingType.AVG).build(), EXACT, ""),
        image("sum", pool(PoolingType.SUM).build(), REFUSED, "DL4J says"),
        image(
            "p-norm",
            pool(PoolingType.PNORM).pnorm(3).build(),
            DIFFERENCES,
            layer + "poolingType = PNORM"),
        image(
            "padded mean",
            pool(PoolingType.AVG).padding(1, 1).build(),
            DIFFERENCES,
            layer + "average pooling with padding"),
        image(
            "dilation",
            pool(PoolingType.MAX).dilation(2, 2).build(),
            DIFFERENCES,
            layer + "dilation"));
  }

  static List<SavedCase> volumes() {
    return List.of(
        volume(
            "",
            new Convolution3D.Builder(2, 2, 2).nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            "preprocessor FeedForwardToCnn3DPreProcessor has no exact"),
        volume(
            "",
            new Deconvolution3D.Builder()
                .kernelSize(2, 2, 2)
                .stride(1, 1, 1)
                .nOut(3)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            "preprocessor FeedForwardToCnn3DPreProcessor has no exact"),
        volume(
            "",
            new Subsampling3DLayer.Builder(PoolingType.AVG, new int[] {2, 2, 2}).build(),
            DIFFERENCES,
            "preprocessor FeedForwardToCnn3DPreProcessor has no exact"),
        volume(
            "",
            new Upsampling3D.Builder(2).build(),
            DIFFERENCES,
            "preprocessor FeedForwardToCnn3DPreProcessor has no exact"),
        volume(
            "",
            new ZeroPadding3DLayer.Builder(1).build(),
            DIFFERENCES,
            "preprocessor FeedForwardToCnn3DPreProcessor has no exact"),
        volume(
            "",
            new Cropping3D.Builder(1, 0, 0).build(),
            REFUSED,
            "layer0 (Cropping3D): DL4J has no loss or no gradient"));
  }
}
