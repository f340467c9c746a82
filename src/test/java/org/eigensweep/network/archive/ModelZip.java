package org.eigensweep.network.archive;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/**
 * A model file taken apart, to be changed and put together again.
 *
 * @param entries contents by name, in the file's order
 */
record ModelZip(Map<String, byte[]> entries) {
  static final String CONFIGURATION = "configuration.json";
  static final String COEFFICIENTS = "coefficients.bin";

  /** A sequence of 5-4-3 and 39 parameters. */
  static MultiLayerNetwork sequence(DataType type) {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(11)
                .dataType(type)
                .list()
                .layer(dense())
                .layer(output())
                .build());
    network.init();
    return network;
  }

  /** A graph of 5-4-3 and 39 parameters. */
  static ComputationGraph graph(DataType type) {
    ComputationGraphConfiguration configuration =
        new NeuralNetConfiguration.Builder()
            .seed(12)
            .dataType(type)
            .graphBuilder()
            .addInputs("x")
            .addLayer("hidden", dense(), "x")
            .addLayer("out", output(), "hidden")
            .setOutputs("out")
            .build();
    ComputationGraph graph = new ComputationGraph(configuration);
    graph.init();
    return graph;
  }

  /** Convolution, batch normalisation and pooling of 5 x 5 images. */
  static MultiLayerNetwork images() {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(13)
                .list()
                .layer(new ConvolutionLayer.Builder(2, 2).nOut(2).build())
                .layer(new BatchNormalization.Builder().build())
                .layer(new SubsamplingLayer.Builder(2, 2).stride(2, 2).build())
                .layer(new OutputLayer.Builder(new LossMSE()).nOut(3).build())
                .setInputType(InputType.convolutional(5, 5, 1))
                .build());
    network.init();
    return network;
  }

  private static DenseLayer dense() {
    return new DenseLayer.Builder().nIn(5).nOut(4).activation(Activation.TANH).build();
  }

  private static OutputLayer output() {
    INDArray weights = Nd4j.createFromArray(1.0, 2.0, 0.5);
    return new OutputLayer.Builder(new LossMCXENT(weights))
        .nIn(4)
        .nOut(3)
        .activation(Activation.SOFTMAX)
        .build();
  }

  static byte[] bytes(Model model) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ModelSerializer.writeModel(model, bytes, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static ModelZip of(Model model) {
    return of(bytes(model));
  }

  static ModelZip of(byte[] zip) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModelZip(entries);
  }

  /** The same with one entry more, or another content. */
  ModelZip with(String name, byte[] content) {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.put(name, content);
    return new ModelZip(changed);
  }

  ModelZip without(String name) {
    Map<String, byte[]> changed = new LinkedHashMap<>(entries);
    changed.remove(name);
    return new ModelZip(changed);
  }

  /** The same with another configuration. */
  ModelZip configured(UnaryOperator<String> change) {
    String before = new String(entries.get(CONFIGURATION), StandardCharsets.UTF_8);
    String after = change.apply(before);
    if (after.equals(before)) {
      throw new IllegalStateException("nothing was changed in " + before);
    }
    return with(CONFIGURATION, after.getBytes(StandardCharsets.UTF_8));
  }

  /** The same with other coefficients. */
  ModelZip stored(Written coefficients) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      coefficients.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return with(COEFFICIENTS, bytes.toByteArray());
  }

  /** What is written into an entry. */
  interface Written {
    void to(DataOutputStream out) throws IOException;
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
