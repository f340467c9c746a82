package org.eigensweep.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.constraint.MaxNormConstraint;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.eigensweep.array.Precision;
import org.eigensweep.data.DataException;
import org.eigensweep.data.InputShape;
import org.eigensweep.experiment.sweep.NetworkSettings;
import org.eigensweep.experiment.sweep.NetworkSource;
import org.eigensweep.network.FileNetworks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** {@code model.kind = file}: what a file says, and what is refused before anything starts. */
class ModelFileSettingsTest {
  @TempDir private Path folder;

  /** 784-4-10 for the built-in digits. */
  private static NeuralNetConfiguration.ListBuilder digits(NeuralNetConfiguration.Builder common) {
    return common
        .seed(3)
        .list()
        .layer(new DenseLayer.Builder().nIn(784).nOut(4).activation(Activation.TANH).build())
        .layer(FileNetworks.softmax(4, 10));
  }

  private static NeuralNetConfiguration.Builder common() {
    return FileNetworks.builder();
  }

  private Path file(String name, byte[] bytes) {
    try {
      return Files.write(folder.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private NetworkSettings read(Path file, String more) {
    return ((NetworkSource) settings(file, more).sweep().problem()).settings();
  }

  private Settings settings(Path file, String more) {
    return SettingsFiles.read(
        SettingsFiles.write(
            folder,
            "eigensweep { model { kind = file, file = \"%s\" }, %s }"
                .formatted(file, more.isEmpty() ? "name = x" : more)));
  }

  private void assertRefused(Path file, String more, String message) {
    assertThatThrownBy(() -> settings(file, more))
        .isInstanceOf(SettingsException.class)
        .hasMessage(
            "%s:1: eigensweep.%s"
                .formatted(folder.resolve("test.conf"), message.replace("FILE", file.toString())));
  }

  @Test
  void theFileSaysLayersLossAndL2() {
    Path json = file("net.json", FileNetworks.json(digits(common().l2(0.001)).build()));
    NetworkSettings settings = read(json, "");
    assertThat(settings.blueprint().loss()).isEqualTo("cross-entropy");
    assertThat(settings.blueprint().l2()).isEqualTo("0.001");
    assertThat(settings.precision()).isEqualTo(Precision.FLOAT32);
    assertThat(settings.blueprint().description())
        .matches("file configuration=[0-9a-f]{16} layers=2 weights=fresh");
    assertThat(((NetworkSource) settings(json, "").sweep().problem()).parameters())
        .isEqualTo(784 * 4 + 4 + 5 * 10);
    // What says the same again is no contradiction.
    assertThat(read(json, "loss = cross-entropy, l2 = 0.001")).isEqualTo(settings);
  }

  @Test
  void aNetworkIsNamedByItsContent() {
    MultiLayerConfiguration configuration = digits(common()).build();
    MultiLayerNetwork other =
        (MultiLayerNetwork)
            FileNetworks.network(digits(common().updater(new Adam(0.3)).seed(99)).build());
    other.params().muli(2);
    other.setIterationCount(12);
    Path json = file("a.json", FileNetworks.json(configuration));
    Path zip = file("b.zip", FileNetworks.zip(FileNetworks.network(configuration)));
    Path trained = file("c.zip", FileNetworks.zip(other));
    Path wider =
        file(
            "d.json",
            FileNetworks.json(
                common()
                    .list()
                    .layer(new DenseLayer.Builder().nIn(784).nOut(5).build())
                    .layer(FileNetworks.softmax(5, 10))
                    .build()));
    String name = read(json, "").blueprint().description();
    assertThat(read(zip, "").blueprint().description()).isEqualTo(name);
    assertThat(read(trained, "").blueprint().description()).isEqualTo(name);
    assertThat(read(wider, "").blueprint().description()).isNotEqualTo(name);
    String saved = read(zip, "model.weights = saved").blueprint().description();
    assertThat(saved)
        .matches("file configuration=[0-9a-f]{16} layers=2 weights=saved:[0-9a-f]{16}");
    assertThat(read(trained, "model.weights = saved").blueprint().description())
        .isNotEqualTo(saved);
  }

  @Test
  void freshWeightsFollowTheSeedAlone() {
    Path json = file("net.json", FileNetworks.json(digits(common()).build()));
    NetworkSettings settings = read(json, "");
    double[] first = start(settings, 7);
    assertThat(start(settings, 7)).containsExactly(first);
    assertThat(start(settings, 8)).isNotEqualTo(first);
    assertThat(Arrays.stream(first).distinct().count()).isGreaterThan(3000);
  }

  private static double[] start(NetworkSettings settings, long seed) {
    return settings
        .blueprint()
        .over(new InputShape(1, 28, 28), 10)
        .initialParameters(seed)
        .whole()
        .toDoubles();
  }

  @Test
  void savedWeightsAreTheStartOfEverySeed() {
    MultiLayerNetwork network = (MultiLayerNetwork) FileNetworks.network(digits(common()).build());
    NetworkSettings settings =
        read(file("net.zip", FileNetworks.zip(network)), "model.weights = saved");
    double[] theirs = network.params().toDoubleVector();
    assertThat(start(settings, 7)).containsExactly(theirs);
    assertThat(start(settings, 8)).containsExactly(theirs);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss = mse | loss: found \"mse\", expected nothing, or cross-entropy as in"
            + " eigensweep.model.file; remove it, or save the network with another",
        "l2 = 0.1 | l2: found 0.1, expected nothing, or 0.0 as in eigensweep.model.file;"
            + " remove it, or save the network with another",
        "model.hidden = [200, 200] | model.hidden: found [200,200], expected nothing; remove it:"
            + " eigensweep.model.file says what the layers are",
        "model.initialization = pytorch | model.initialization: found \"pytorch\", expected"
            + " nothing; remove it: eigensweep.model.file says what the layers are",
        "model.weights = saved | model.weights: found \"saved\", expected fresh, because FILE is a"
            + " configuration, which has no weights; correct it, or take the zip of the network",
        "model.weights = pretrained | model.weights: found \"pretrained\", expected one of fresh,"
            + " saved; correct it, or leave it out for the default \"fresh\"",
        "model.precision = half | model.precision: found \"half\", expected one of float32,"
            + " float64; correct it, or leave it out for the default \"float32\"",
      })
  void settingsThatContradictTheFileAreRefused(String more, String message) {
    Path json = file("net.json", FileNetworks.json(digits(common()).build()));
    assertRefused(json, more, message);
  }

  @Test
  void presetsHaveNoUseForAFile() {
    Path file = SettingsFiles.write(folder, "eigensweep.model.file = net.zip");
    assertThatThrownBy(() -> SettingsFiles.read(file))
        .hasMessage(
            "%s:1: eigensweep.model.file: found \"net.zip\", expected the default \"\"; remove it: it is for eigensweep.model.kind = file"
                .formatted(file));
  }

  @Test
  void aFileMustBeNamedAndBeThere() {
    Path file = SettingsFiles.write(folder, "eigensweep.model.kind = file");
    assertThatThrownBy(() -> SettingsFiles.read(file))
        .hasMessage(
            "%s:1: eigensweep.model.file: found \"\", expected the path of a DL4J zip, or of a configuration in JSON; set eigensweep.model.file"
                .formatted(file));
    Path none = folder.resolve("none.zip");
    assertThatThrownBy(() -> settings(none, ""))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s: no such file, expected a zip that DL4J's ModelSerializer wrote, or the configuration of a DL4J network in JSON"
                .formatted(none));
  }

  static Stream<Arguments> noNetworks() {
    String expected =
        "expected a zip that DL4J's ModelSerializer wrote, or the configuration of a DL4J network"
            + " in JSON";
    return Stream.of(
        arguments("", "neither a zip nor JSON, " + expected),
        arguments("model: yes", "neither a zip nor JSON, " + expected),
        arguments(
            "\u0089HDF\r\n\u001a\n0000",
            "a file in HDF5, as Keras writes it, "
                + expected
                + ": import it with DL4J's KerasModelImport and save it with ModelSerializer"),
        arguments(
            "{\"class_name\": \"Sequential\"}",
            "has neither confs nor vertices, expected one of them, as a MultiLayerNetwork or a"
                + " ComputationGraph has"),
        arguments(
            "PK\u0003\u0004",
            "no zip, or one without entries, expected a zip that DL4J's ModelSerializer wrote"));
  }

  @ParameterizedTest
  @MethodSource("noNetworks")
  void otherFilesAreRefused(String text, String message) {
    Path file = file("net", text.getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> settings(file, ""))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "%s:1: eigensweep.model.file: %s: %s"
                .formatted(folder.resolve("test.conf"), file, message));
  }

  private static ComputationGraphConfiguration twoOutputs() {
    return common()
        .graphBuilder()
        .addInputs("x")
        .addLayer("hidden", new DenseLayer.Builder().nIn(784).nOut(4).build(), "x")
        .addLayer("one", FileNetworks.softmax(4, 10), "hidden")
        .addLayer("two", FileNetworks.softmax(4, 10), "hidden")
        .setOutputs("one", "two")
        .build();
  }

  private static MultiLayerConfiguration with(DenseLayer.Builder first) {
    return common()
        .list()
        .layer(first.nIn(784).nOut(4).build())
        .layer(FileNetworks.softmax(4, 10))
        .build();
  }

  static Stream<Arguments> untrainable() {
    return Stream.of(
        network(
            ModelFileSettingsTest::twoOutputs,
            "a graph with 1 inputs and 2 outputs, expected one of each, or tokens and a mask"),
        network(
            FileNetworks::mlp,
            "the network takes 6 inputs, the data have 784: expected data of the network's own"
                + " kind"),
        network(
            () ->
                common()
                    .list()
                    .layer(new DenseLayer.Builder().nIn(784).nOut(4).build())
                    .layer(FileNetworks.softmax(4, 3))
                    .build(),
            "the network has 3 outputs, the data 10 classes: expected data of the network's own"
                + " kind"),
        network(
            FileNetworks::transformer,
            "the network takes tokens, the data are images: expected text, as in sst2"),
        network(
            () -> with(new DenseLayer.Builder().activation(Activation.LEAKYRELU)),
            "a sweep trains with exact curvature alone, but layer0 (DenseLayer): activation"
                + " leakyrelu(a=0.01) has no exact derivative rule, expected one of relu, tanh, elu,"
                + " softplus, hardtanh, sigmoid, gelu, identity, each with DL4J's default"
                + " parameters: take it out of the network, or look at the saved network with"
                + " spectrum"),
        network(
            () -> with(new DenseLayer.Builder().dropOut(0.5)),
            "layer0 (DenseLayer): dropout (DenseLayer.iDropout = Dropout) makes the loss random,"
                + " expected one that is not: save the network without it, or look at its loss in"
                + " evaluation mode (spectrum --mode evaluation)"),
        network(
            () ->
                common()
                    .list()
                    .layer(
                        new FrozenLayer(
                            new DenseLayer.Builder()
                                .nIn(784)
                                .nOut(4)
                                .activation(Activation.TANH)
                                .build()))
                    .layer(FileNetworks.softmax(4, 10))
                    .build(),
            "frozen layers (layer0), expected none, because a sweep trains all layers: save the"
                + " network with them thawed"),
        network(
            () -> digits(common().weightDecay(0.1)).build(),
            "weight decay of layer0.W, layer1.W, which is part of DL4J's update, expected none:"
                + " save the network without it, and set training.optimizer = { kind = adamw,"
                + " weight-decay = ... } for decay"),
        network(
            () -> digits(common().constrainWeights(new MaxNormConstraint(1, 1))).build(),
            "layer0 (DenseLayer): constraints = [MaxNormConstraint] move parameters after an"
                + " update, expected none, because a sweep's optimiser does not: save the network"
                + " without"),
        network(
            () ->
                digits(
                        common()
                            .gradientNormalization(GradientNormalization.ClipL2PerLayer)
                            .gradientNormalizationThreshold(1))
                    .build(),
            "layer0 (DenseLayer): gradientNormalization = ClipL2PerLayer changes every update,"
                + " expected none, because a sweep's optimiser does not: save the network"
                + " without"),
        network(
            () ->
                common()
                    .list()
                    .layer(FileNetworks.convolution(2, Activation.TANH))
                    .layer(
                        new OutputLayer.Builder(LossFunction.MCXENT)
                            .nOut(10)
                            .activation(Activation.SOFTMAX)
                            .build())
                    .setInputType(InputType.convolutional(28, 28, 3))
                    .build(),
            "the network takes images of 3 channels, the data have 1 x 28 x 28 (channels x height x"
                + " width): expected data of the network's own kind"));
  }

  private static Arguments network(Supplier<Object> network, String message) {
    return arguments(network, message);
  }

  @ParameterizedTest
  @MethodSource("untrainable")
  void networksThatASweepCannotTrainAreRefused(Supplier<Object> network, String message) {
    Path json = file("net.json", FileNetworks.json(network.get()));
    assertRefused(json, "", "model.file: FILE: " + message);
  }

  @Test
  void slicedVectorsAndBatchNormalisationAreRefused() {
    MultiLayerConfiguration normalized =
        common()
            .list()
            .layer(new DenseLayer.Builder().nOut(4).activation(Activation.TANH).build())
            .layer(new BatchNormalization.Builder().build())
            .layer(FileNetworks.softmax(0, 10))
            .setInputType(InputType.feedForward(784))
            .build();
    Path json = file("net.json", FileNetworks.json(normalized));
    assertThat(read(json, "").blueprint().couplesExamples()).isTrue();
    assertRefused(
        json,
        "spark { placement = data-parallel, vectors = sliced }",
        "spark.vectors: found \"sliced\", expected driver, since batch normalisation ties the"
            + " examples of a mini-batch together; correct it, or take a model without");
  }
}
