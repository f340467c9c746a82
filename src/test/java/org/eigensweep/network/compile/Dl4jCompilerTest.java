package org.eigensweep.network.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.eigensweep.array.Window;
import org.eigensweep.data.InputShape;
import org.eigensweep.network.dl4j.Architecture;
import org.eigensweep.network.layer.AveragePooling;
import org.eigensweep.network.layer.Convolution;
import org.eigensweep.network.layer.Dense;
import org.eigensweep.network.layer.ImageLayout;
import org.eigensweep.network.layer.Nonlinearity;
import org.eigensweep.network.layer.Pointwise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;

class Dl4jCompilerTest {
  private static MultiLayerConfiguration on5x5(Layer layer) {
    return new NeuralNetConfiguration.Builder()
        .list()
        .layer(layer)
        .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
        .setInputType(InputType.convolutionalFlat(5, 5, 2))
        .build();
  }

  private static ConvolutionLayer.Builder convolution(ConvolutionMode mode) {
    return new ConvolutionLayer.Builder(3, 2)
        .nOut(4)
        .stride(2, 1)
        .convolutionMode(mode)
        .activation(Activation.RELU);
  }

  @Test
  void followsImagesThroughTheLayers() {
    MultiLayerConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(convolution(ConvolutionMode.Truncate).padding(1, 0).build())
            .layer(new SubsamplingLayer.Builder(PoolingType.AVG, new int[] {2, 2}).build())
            .layer(new OutputLayer.Builder().nOut(2).activation(Activation.SOFTMAX).build())
            .setInputType(InputType.convolutionalFlat(6, 5, 2))
            .build();
    assertThat(Dl4jCompiler.compile(new Architecture.Sequential(configuration)).layers())
        .containsExactly(
            new ImageLayout(30, 2),
            new Convolution(new Window(2, 6, 5, 3, 2, 2, 1, 1, 0, 3, 4), 4),
            new Pointwise(Nonlinearity.RELU),
            new AveragePooling(new Window(4, 3, 4, 2, 2, 2, 2, 0, 0, 1, 2)),
            new ImageLayout(4, 2),
            new Dense(8, 2));
  }

  @Test
  void placesWindowsAsTheModeSays() {
    assertThat(firstWindow(convolution(ConvolutionMode.Same).build()))
        .isEqualTo(new Window(2, 5, 5, 3, 2, 2, 1, 1, 0, 3, 5));
    assertThat(firstWindow(convolution(ConvolutionMode.Strict).build()))
        .isEqualTo(new Window(2, 5, 5, 3, 2, 2, 1, 0, 0, 2, 4));
    assertThatThrownBy(
            () ->
                new Dl4jWindow(
                        new int[] {2, 2},
                        new int[] {2, 2},
                        new int[] {0, 0},
                        new int[] {1, 1},
                        ConvolutionMode.Strict)
                    .over(new InputShape(1, 5, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "windows of 2 in steps of 2 do not fill 5 with a padding of 0, expected a mode other"
                + " than Strict");
  }

  private static Window firstWindow(Layer layer) {
    return ((Convolution)
            Dl4jCompiler.compile(new Architecture.Sequential(on5x5(layer))).layers().get(1))
        .window();
  }

  static Stream<Arguments> withoutRule() {
    return Stream.of(
        Arguments.of(
            convolution(ConvolutionMode.Same).hasBias(false).build(),
            "layer0 (ConvolutionLayer): hasBias = false has no exact derivative rule, expected true"),
        Arguments.of(
            convolution(ConvolutionMode.Same).dilation(2, 2).build(),
            "layer0 (ConvolutionLayer): dilation [2, 2] has no exact derivative rule, expected 1 x 1"),
        Arguments.of(
            new DepthwiseConvolution2D.Builder(3, 3).depthMultiplier(2).build(),
            "layer0 (DepthwiseConvolution2D): it has no exact derivative rule, expected dense,"
                + " convolution, subsampling, embedding or normalisation layers"),
        Arguments.of(
            new SubsamplingLayer.Builder(PoolingType.SUM, new int[] {2, 2}).build(),
            "layer0 (SubsamplingLayer): poolingType = SUM has no exact derivative rule, expected MAX or AVG"),
        Arguments.of(
            new SubsamplingLayer.Builder(PoolingType.AVG, new int[] {2, 2}).padding(1, 1).build(),
            "layer0 (SubsamplingLayer): average pooling with padding has no exact derivative rule,"
                + " expected windows inside the image"));
  }

  @ParameterizedTest
  @MethodSource
  void withoutRule(Layer layer, String message) {
    MultiLayerConfiguration configuration = on5x5(layer);
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Sequential(configuration)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void namesWhatItCannotPlace() {
    MultiLayerConfiguration images =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(convolution(ConvolutionMode.Same).nIn(2).build())
            .build();
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Sequential(images)))
        .hasMessage(
            "layer0 (ConvolutionLayer): an input without height and width has no exact derivative rule,"
                + " expected setInputType(InputType.convolutionalFlat(...))");
    MultiLayerConfiguration channelsLast =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(convolution(ConvolutionMode.Same).dataFormat(CNN2DFormat.NHWC).nIn(2).build())
            .build();
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Sequential(channelsLast)))
        .hasMessage(
            "layer0 (ConvolutionLayer): cnn2dDataFormat = NHWC has no exact derivative rule, expected NCHW");
    MultiLayerConfiguration recurrent =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new LSTM.Builder().nIn(3).nOut(4).build())
            .layer(new RnnOutputLayer.Builder().nIn(4).nOut(2).build())
            .build();
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Sequential(recurrent)))
        .hasMessage(
            "layer0 (LSTM): it has no exact derivative rule, expected dense, convolution,"
                + " subsampling, embedding or normalisation layers");
    MultiLayerConfiguration swish =
        new NeuralNetConfiguration.Builder()
            .list()
            .layer(new DenseLayer.Builder().nIn(3).nOut(4).activation(Activation.SWISH).build())
            .build();
    assertThatThrownBy(() -> Dl4jCompiler.compile(new Architecture.Sequential(swish)))
        .hasMessage(
            "layer0 (DenseLayer): activation swish has no exact derivative rule, expected one of relu, tanh, elu,"
                + " softplus, hardtanh, sigmoid, gelu, identity, each with DL4J's default"
                + " parameters");
  }
}
