package org.eigensweep.network;

import static org.eigensweep.network.SavedCase.exact;
import static org.eigensweep.network.SavedCase.image;
import static org.eigensweep.network.SavedCase.last;
import static org.eigensweep.network.SavedCase.other;
import static org.eigensweep.network.SavedCase.sequence;
import static org.eigensweep.network.SavedCase.volume;
import static org.eigensweep.network.Verdict.DIFFERENCES;
import static org.eigensweep.network.Verdict.EXACT;
import static org.eigensweep.network.Verdict.REFUSED;

import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.dropout.AlphaDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianDropout;
import org.deeplearning4j.nn.conf.dropout.GaussianNoise;
import org.deeplearning4j.nn.conf.layers.*;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping1D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping2D;
import org.deeplearning4j.nn.conf.layers.convolutional.Cropping3D;
import org.deeplearning4j.nn.conf.layers.misc.ElementWiseMultiplicationLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.conf.layers.misc.RepeatVector;
import org.deeplearning4j.nn.conf.layers.objdetect.Yolo2OutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.conf.layers.recurrent.LastTimeStep;
import org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn;
import org.deeplearning4j.nn.conf.layers.recurrent.TimeDistributed;
import org.deeplearning4j.nn.conf.layers.util.MaskLayer;
import org.deeplearning4j.nn.conf.layers.util.MaskZeroLayer;
import org.deeplearning4j.nn.conf.layers.variational.VariationalAutoencoder;
import org.deeplearning4j.nn.conf.ocnn.OCNNOutputLayer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.deeplearning4j.nn.conf.weightnoise.WeightNoise;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.activations.impl.ActivationELU;
import org.nd4j.linalg.activations.impl.ActivationGELU;
import org.nd4j.linalg.activations.impl.ActivationLReLU;
import org.nd4j.linalg.activations.impl.ActivationTanH;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;
import org.nd4j.linalg.lossfunctions.impl.LossNegativeLogLikelihood;

/** Every layer class of DL4J 1.0.0-M2.1, with each option that changes its function. */
@SuppressWarnings({"deprecation", "rawtypes"}) // DL4J has deprecated layers and raw builders
final class LayerCases {
  private static final String NO_RULE = "(%s): it has no exact derivative rule";

  /** Sequences are made by a vertex that has no rule itself, and is named first. */
  private static final String RESHAPED = "reshaped (ReshapeVertex): it has no exact";

  private LayerCases() {}

  static Stream<SavedCase> all() {
    return Stream.of(
            denseOptions(),
            activations(),
            outputs(),
            losses(),
            images(),
            pooling(),
            others(),
            sequences(),
            volumes(),
            wrapped())
        .flatMap(List::stream);
  }

  private static DenseLayer.Builder dense() {
    return new DenseLayer.Builder().nOut(4).activation(Activation.TANH);
  }

  private static String noRule(Class<?> type) {
    return NO_RULE.formatted(type.getSimpleName());
  }

  static List<SavedCase> denseOptions() {
    String random = "makes the loss random";
    return List.of(
        new SavedCase(
            "text", EmbeddingSequenceLayer.class, SavedCase::onText, SavedCase.TEXT, EXACT, ""),
        exact("plain", dense().build()),
        exact("hasBias = false", dense().hasBias(false).build()),
        other(
            "hasLayerNorm",
            dense().hasLayerNorm(true).gainInit(1.5).build(),
            DIFFERENCES,
            "layer1 (DenseLayer): hasLayerNorm = true"),
        other(
            "dropout",
            dense().dropOut(0.5).build(),
            REFUSED,
            "layer1 (DenseLayer): dropout (DenseLayer.iDropout = Dropout) " + random),
        other(
            "dropout of 1",
            dense().dropOut(1.0).build(),
            DIFFERENCES,
            "layer1 (DenseLayer): iDropout"),
        other(
            "alpha dropout",
            dense().dropOut(new AlphaDropout(0.5)).build(),
            REFUSED,
            "AlphaDropout) " + random),
        other(
            "Gaussian dropout",
            dense().dropOut(new GaussianDropout(0.5)).build(),
            REFUSED,
            "GaussianDropout) " + random),
        other(
            "Gaussian noise",
            dense().dropOut(new GaussianNoise(0.5)).build(),
            REFUSED,
            "GaussianNoise) " + random),
        other(
            "DropConnect",
            dense().weightNoise(new DropConnect(0.5)).build(),
            REFUSED,
            "layer1 (DenseLayer): weight noise (DenseLayer.weightNoise = DropConnect) " + random),
        other(
            "DropConnect without rule",
            dense().weightNoise(new DropConnect(0.5)).activation(new ActivationLReLU(0.2)).build(),
            REFUSED,
            "weight noise (DenseLayer.weightNoise = DropConnect) " + random),
        other(
            "weight noise",
            dense()
                .weightNoise(
                    new WeightNoise(
                        new org.deeplearning4j.nn.conf.distribution.NormalDistribution(0, 0.1)))
                .build(),
            REFUSED,
            "weightNoise = WeightNoise) " + random),
        exact("l2", dense().l2(0.3).build()),
        exact("l2 of biases", dense().l2Bias(0.3).build()),
        other("l1", dense().l1(0.3).build(), REFUSED, "layer1.W has L1Regularization"),
        other(
            "l1 of biases", dense().l1Bias(0.3).build(), REFUSED, "layer1.b has L1Regularization"),
        exact("constraints", dense().constrainWeights(new MaxNormConstraint(0.1, 1)).build()),
        exact(
            "gradient normalisation",
            dense()
                .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                .gradientNormalizationThreshold(0.01)
                .build()),
        exact(
            "updater, initial values",
            dense()
                .updater(new Adam(0.1))
                .biasUpdater(new Adam(0.2))
                .biasInit(0.7)
                .gainInit(3)
                .build()));
  }

  static List<SavedCase> activations() {
    return List.of(
        activation(Activation.RELU, EXACT),
        activation(Activation.ELU, EXACT),
        activation(Activation.SOFTPLUS, EXACT),
        activation(Activation.HARDTANH, EXACT),
        activation(Activation.SIGMOID, EXACT),
        activation(Activation.GELU, EXACT),
        activation(Activation.IDENTITY, EXACT),
        activation(Activation.TANH, EXACT),
        activation(Activation.CUBE, DIFFERENCES),
        activation(Activation.HARDSIGMOID, DIFFERENCES),
        activation(Activation.LEAKYRELU, DIFFERENCES),
        activation(Activation.RATIONALTANH, DIFFERENCES),
        activation(Activation.SOFTMAX, DIFFERENCES),
        activation(Activation.SOFTSIGN, DIFFERENCES),
        activation(Activation.RECTIFIEDTANH, DIFFERENCES),
        activation(Activation.SELU, DIFFERENCES),
        activation(Activation.SWISH, DIFFERENCES),
        activation(Activation.THRESHOLDEDRELU, DIFFERENCES),
        activation(Activation.RELU6, DIFFERENCES),
        activation(Activation.MISH, DIFFERENCES),
        other(
            "RReLU",
            dense().activation(Activation.RRELU).build(),
            REFUSED,
            "layer1 (DenseLayer): activation (DenseLayer.activationFn = ActivationRReLU) makes the loss random"),
        other(
            "ELU of 0.5",
            dense().activation(new ActivationELU(0.5)).build(),
            REFUSED,
            "layer1 (DenseLayer): DL4J's gradient along layer1."),
        other(
            "precise GELU",
            dense().activation(new ActivationGELU(true)).build(),
            REFUSED,
            "layer1 (DenseLayer): DL4J's gradient along"),
        other(
            "a subclass of tanh",
            dense().activation(new Doubled()).build(),
            DIFFERENCES,
            "layer1 (DenseLayer): activation"),
        other("tanh alone", new ActivationLayer(Activation.TANH), EXACT, ""),
        other(
            "swish alone",
            new ActivationLayer(Activation.SWISH),
            DIFFERENCES,
            "layer1 (ActivationLayer): activation swish"));
  }

  /** Equal to a tanh in the sense of its equals, and another function. */
  public static final class Doubled extends ActivationTanH {
    @Override
    public org.nd4j.linalg.api.ndarray.INDArray getActivation(
        org.nd4j.linalg.api.ndarray.INDArray in, boolean training) {
      return super.getActivation(in, training).muli(2);
    }

    @Override
    public org.nd4j.common.primitives.Pair<
            org.nd4j.linalg.api.ndarray.INDArray, org.nd4j.linalg.api.ndarray.INDArray>
        backprop(
            org.nd4j.linalg.api.ndarray.INDArray in, org.nd4j.linalg.api.ndarray.INDArray epsilon) {
      return super.backprop(in, epsilon.mul(2));
    }
  }

  private static SavedCase activation(Activation function, Verdict verdict) {
    return other(
        function.name(),
        dense().activation(function).build(),
        verdict,
        verdict == EXACT ? "" : "layer1 (DenseLayer): activation");
  }

  private static OutputLayer.Builder output(org.nd4j.linalg.lossfunctions.ILossFunction loss) {
    return new OutputLayer.Builder(loss).nOut(3);
  }

  static List<SavedCase> outputs() {
    return List.of(
        last(
            "without biases",
            output(new LossMCXENT()).activation(Activation.SOFTMAX).hasBias(false).build(),
            EXACT,
            ""),
        last(
            "MSE after tanh", output(new LossMSE()).activation(Activation.TANH).build(), EXACT, ""),
        last(
            "L2 without biases",
            output(new LossL2()).activation(Activation.IDENTITY).hasBias(false).build(),
            EXACT,
            ""),
        last(
            "MSE, equal weights",
            output(new LossMSE(Nd4j.createFromArray(0.7, 0.7, 0.7).reshape(1, 3)))
                .activation(Activation.IDENTITY)
                .build(),
            EXACT,
            ""),
        last(
            "MSE, other weights",
            output(new LossMSE(Nd4j.createFromArray(0.7, 0.2, 0.5).reshape(1, 3)))
                .activation(Activation.IDENTITY)
                .build(),
            DIFFERENCES,
            "layer2 (OutputLayer): loss LossMSE"),
        last(
            "MSE after softmax",
            output(new LossMSE()).activation(Activation.SOFTMAX).build(),
            DIFFERENCES,
            "layer2 (OutputLayer): loss LossMSE"),
        last(
            "NLL",
            output(new LossNegativeLogLikelihood()).activation(Activation.SOFTMAX).build(),
            EXACT,
            ""),
        last(
            "MCXENT, weights",
            output(new LossMCXENT(Nd4j.createFromArray(0.7, 0.2, 0.5).reshape(1, 3)))
                .activation(Activation.SOFTMAX)
                .build(),
            DIFFERENCES,
            "layer2 (OutputLayer): weights"),
        last(
            "MCXENT, much clipped",
            output(new LossMCXENT(0.3, null)).activation(Activation.SOFTMAX).build(),
            EXACT,
            ""),
        last(
            "MCXENT after sigmoid",
            output(new LossMCXENT()).activation(Activation.SIGMOID).build(),
            DIFFERENCES,
            "layer2 (OutputLayer): loss LossMCXENT"),
        last(
            "softmax MCXENT",
            new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
            EXACT,
            ""),
        last(
            "MSE",
            new LossLayer.Builder(LossFunction.MSE).activation(Activation.IDENTITY).build(),
            EXACT,
            ""),
        last(
            "L2 after sigmoid",
            new LossLayer.Builder(LossFunction.L2).activation(Activation.SIGMOID).build(),
            EXACT,
            ""),
        last(
            "MAE",
            new LossLayer.Builder(LossFunction.MEAN_ABSOLUTE_ERROR)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            "layer2 (LossLayer): loss LossMAE"),
        last(
            "centres",
            new CenterLossOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .lambda(0.3)
                .alpha(0.4)
                .build(),
            DIFFERENCES,
            "layer2 " + noRule(CenterLossOutputLayer.class)),
        last(
            "a step",
            new RnnOutputLayer.Builder(LossFunction.MCXENT)
                .nOut(3)
                .activation(Activation.SOFTMAX)
                .build(),
            REFUSED,
            "layer2 (RnnOutputLayer) makes outputs of [2, 3, 1]"),
        last(
            "a step",
            new RnnLossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build(),
            REFUSED,
            "layer2 (RnnLossLayer) makes outputs of [2, 3, 1]"),
        last(
            "one class",
            new OCNNOutputLayer.Builder().nIn(3).hiddenLayerSize(2).build(),
            REFUSED,
            ""),
        image(
            "a pixel",
            new CnnLossLayer.Builder(LossFunction.MSE).build(),
            REFUSED,
            "layer0 (CnnLossLayer): DL4J has no loss or no gradient"),
        image(
            "boxes",
            new Yolo2OutputLayer.Builder().boundingBoxPriors(Nd4j.ones(1, 2)).build(),
            REFUSED,
            "DL4J says"),
        volume(
            "a voxel",
            new Cnn3DLossLayer.Builder(Convolution3D.DataFormat.NCDHW)
                .lossFunction(LossFunction.MSE)
                .build(),
            REFUSED,
            "layer0 (Cnn3DLossLayer): DL4J has no loss or no gradient"));
  }

  /** All the losses by name. */
  static List<SavedCase> losses() {
    return Stream.of(LossFunction.values()).map(LayerCases::loss).toList();
  }

  private static SavedCase loss(LossFunction loss) {
    OutputLayer layer =
        new OutputLayer.Builder(loss).nOut(3).activation(Activation.SIGMOID).build();
    return switch (loss) {
      case MSE, L2, SQUARED_LOSS -> last(loss.name(), layer, EXACT, "");
      case SPARSE_MCXENT ->
          last(loss.name(), layer, REFUSED, "layer2 (OutputLayer): DL4J has no loss");
      case MEAN_ABSOLUTE_PERCENTAGE_ERROR ->
          last(loss.name(), layer, REFUSED, "layer2 (OutputLayer): LossMAPE() is Infinity");
      default -> last(loss.name(), layer, DIFFERENCES, "layer2 (OutputLayer): loss");
    };
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
            noRule(Deconvolution2D.class)),
        image(
            "",
            new DepthwiseConvolution2D.Builder(2, 2)
                .depthMultiplier(2)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            noRule(DepthwiseConvolution2D.class)),
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
            noRule(SpaceToDepthLayer.class)),
        image("", new Upsampling2D.Builder(2).build(), DIFFERENCES, noRule(Upsampling2D.class)),
        image(
            "",
            new ZeroPaddingLayer.Builder(1, 1).build(),
            DIFFERENCES,
            noRule(ZeroPaddingLayer.class)),
        image("", new Cropping2D.Builder(1, 1).build(), DIFFERENCES, noRule(Cropping2D.class)),
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

  static List<SavedCase> others() {
    return List.of(
        other(
            "locked",
            new BatchNormalization.Builder().lockGammaBeta(true).gamma(2).beta(0.5).build(),
            EXACT,
            ""),
        other(
            "no logarithms",
            new BatchNormalization.Builder().useLogStd(false).eps(0.1).decay(0.5).build(),
            EXACT,
            ""),
        other(
            "",
            new AutoEncoder.Builder()
                .nOut(4)
                .activation(Activation.TANH)
                .corruptionLevel(0.3)
                .build(),
            DIFFERENCES,
            noRule(AutoEncoder.class)),
        other(
            "",
            new VariationalAutoencoder.Builder()
                .nOut(4)
                .encoderLayerSizes(3)
                .decoderLayerSizes(3)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            noRule(VariationalAutoencoder.class)),
        other("", new DropoutLayer(0.5), REFUSED, "layer1 (DropoutLayer): dropout"),
        other(
            "",
            new ElementWiseMultiplicationLayer.Builder()
                .nIn(5)
                .nOut(5)
                .activation(Activation.TANH)
                .build(),
            DIFFERENCES,
            noRule(ElementWiseMultiplicationLayer.class)),
        other("", new EmbeddingLayer.Builder().nIn(5).nOut(4).build(), REFUSED, "DL4J says"),
        other("", new MaskLayer(), DIFFERENCES, noRule(MaskLayer.class)));
  }

  static List<SavedCase> sequences() {
    return List.of(
        sequence("", new LSTM.Builder().nOut(3).build(), DIFFERENCES, RESHAPED),
        sequence(
            "",
            new GravesLSTM.Builder().nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence(
            "",
            new GravesBidirectionalLSTM.Builder().nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence(
            "",
            new SimpleRnn.Builder().nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence("", new Bidirectional(new LSTM.Builder().nOut(3).build()), DIFFERENCES, RESHAPED),
        sequence(
            "dropout within",
            new Bidirectional(new LSTM.Builder().nOut(3).dropOut(0.5).build()),
            REFUSED,
            "subject (Bidirectional): dropout (LSTM.iDropout"),
        sequence(
            "",
            new MaskZeroLayer(new LSTM.Builder().nIn(2).nOut(3).build(), 0),
            DIFFERENCES,
            RESHAPED),
        sequence("", new TimeDistributed(dense().nIn(2).build()), DIFFERENCES, RESHAPED),
        sequence(
            "",
            new Convolution1DLayer.Builder(2).nOut(3).activation(Activation.TANH).build(),
            DIFFERENCES,
            RESHAPED),
        sequence(
            "",
            new Subsampling1DLayer.Builder(PoolingType.AVG, 2).stride(2).build(),
            DIFFERENCES,
            RESHAPED),
        sequence("", new Upsampling1D.Builder(2).build(), DIFFERENCES, RESHAPED),
        sequence("", new ZeroPadding1DLayer.Builder(1).build(), DIFFERENCES, RESHAPED),
        sequence("", new Cropping1D.Builder(1).build(), DIFFERENCES, RESHAPED),
        sequence(
            "",
            new SelfAttentionLayer.Builder().nHeads(1).nOut(3).projectInput(true).build(),
            REFUSED,
            "subject (SelfAttentionLayer): DL4J's gradient"),
        sequence(
            "",
            new LearnedSelfAttentionLayer.Builder()
                .nHeads(1)
                .nOut(3)
                .nQueries(2)
                .projectInput(true)
                .build(),
            REFUSED,
            "DL4J says"),
        sequence(
            "",
            new RecurrentAttentionLayer.Builder().nHeads(1).nOut(3).projectInput(true).build(),
            REFUSED,
            "subject (RecurrentAttentionLayer): DL4J's gradient"),
        new SavedCase(
            "without sequences",
            LSTM.class,
            SavedCase::recurrent,
            SavedCase.IMAGES,
            REFUSED,
            "layer0 (LastTimeStep) takes sequences of 3 values a step"));
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

  static List<SavedCase> wrapped() {
    return List.of(
        other("", new FrozenLayer(dense().build()), EXACT, ""),
        other("", new FrozenLayerWithBackprop(dense().build()), EXACT, ""),
        other(
            "with what a test leaves out",
            new FrozenLayer(dense().dropOut(0.5).weightNoise(new DropConnect(0.5)).l2(0.2).build()),
            EXACT,
            ""),
        other("within one another", new FrozenLayer(new FrozenLayer(dense().build())), EXACT, ""),
        other(
            "without rule",
            new FrozenLayer(dense().activation(Activation.SWISH).build()),
            DIFFERENCES,
            "activation swish"),
        other(
            "batch normalisation",
            new FrozenLayer(new BatchNormalization.Builder().build()),
            REFUSED,
            "layer1 (FrozenLayer): a frozen BatchNormalization"),
        other("", new RepeatVector.Builder(2).build(), REFUSED, "makes outputs of [4, 3]"),
        new SavedCase(
            "last step",
            LastTimeStep.class,
            LayerCases::lastStep,
            SavedCase.IMAGES,
            DIFFERENCES,
            RESHAPED));
  }

  private static org.deeplearning4j.nn.api.Model lastStep() {
    return SavedCase.onLastStep(new LastTimeStep(new LSTM.Builder().nIn(2).nOut(3).build()));
  }
}
