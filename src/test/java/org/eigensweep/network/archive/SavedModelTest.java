package org.eigensweep.network.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bytedeco.javacpp.indexer.HalfIndexer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.preprocessor.NormalizerStandardize;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.impl.LossMSE;

/** What is read is what DL4J's own ModelSerializer reads, to the bit. */
class SavedModelTest {
  private static final INDArray INPUTS =
      Nd4j.arange(10).castTo(DataType.DOUBLE).div(7).reshape(2, 5);

  static void assertEqual(Model read, byte[] zip) throws IOException {
    if (read instanceof MultiLayerNetwork network) {
      MultiLayerNetwork expected =
          ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), false);
      assertThat(network.getLayerWiseConfigurations().toJson())
          .isEqualTo(expected.getLayerWiseConfigurations().toJson());
      assertEqual(network.params(), expected.params());
    } else {
      ComputationGraph expected =
          ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(zip), false);
      assertThat(((ComputationGraph) read).getConfiguration().toJson())
          .isEqualTo(expected.getConfiguration().toJson());
      assertEqual(read.params(), expected.params());
    }
  }

  private static void assertEqual(INDArray read, INDArray expected) {
    assertThat(read.dataType()).isEqualTo(expected.dataType());
    assertThat(read.shape()).isEqualTo(expected.shape());
    assertThat(read.toDoubleVector()).containsExactly(expected.toDoubleVector());
  }

  static Stream<DataType> types() {
    return Stream.of(DataType.FLOAT, DataType.DOUBLE, DataType.FLOAT16);
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsASequenceAsDl4jDoes(DataType type) throws IOException {
    MultiLayerNetwork network = ModelZip.sequence(type);
    byte[] zip = ModelZip.bytes(network);
    Model read = SavedModel.read(zip);
    assertEqual(read, zip);
    assertThat(((MultiLayerNetwork) read).output(INPUTS.castTo(type)))
        .isEqualTo(network.output(INPUTS.castTo(type)));
  }

  @ParameterizedTest
  @MethodSource("types")
  void readsAGraphAsDl4jDoes(DataType type) throws IOException {
    ComputationGraph graph = ModelZip.graph(type);
    byte[] zip = ModelZip.bytes(graph);
    Model read = SavedModel.read(zip);
    assertEqual(read, zip);
    assertThat(((ComputationGraph) read).outputSingle(INPUTS.castTo(type)))
        .isEqualTo(graph.outputSingle(INPUTS.castTo(type)));
  }

  /** ModelSerializer writes the configuration first, zip programs sort by name. */
  @Test
  void readsEntriesInAnyOrderAndAmongOthers() throws IOException {
    ModelZip zip = ModelZip.of(ModelZip.sequence(DataType.DOUBLE));
    Map<String, byte[]> turned = new LinkedHashMap<>();
    turned.put("README", new byte[100]);
    turned.put(ModelZip.COEFFICIENTS, zip.entries().get(ModelZip.COEFFICIENTS));
    turned.put("objects/notes", new byte[7]);
    turned.put(ModelZip.CONFIGURATION, zip.entries().get(ModelZip.CONFIGURATION));
    byte[] bytes = new ModelZip(turned).bytes();
    assertEqual(SavedModel.read(bytes), bytes);
  }

  /** Trained with Adam, saved with the updater's state and a normaliser; larger than a chunk. */
  @Test
  void readsAWholeFileOfATrainedNetwork(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(3)
                .l2(1e-3)
                .updater(new Adam(0.01))
                .list()
                .layer(new DenseLayer.Builder().nIn(5).nOut(9001).build())
                .layer(new BatchNormalization.Builder().nIn(9001).nOut(9001).build())
                .layer(new OutputLayer.Builder(new LossMSE()).nIn(9001).nOut(3).build())
                .build());
    network.init();
    INDArray inputs = INPUTS.castTo(DataType.FLOAT);
    DataSet data = new DataSet(inputs, Nd4j.eye(3).getRows(0, 1));
    network.fit(data);
    NormalizerStandardize normalizer = new NormalizerStandardize();
    normalizer.fit(data);
    File file = folder.resolve("trained.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    ModelSerializer.addNormalizerToModel(file, normalizer);
    byte[] zip = Files.readAllBytes(file.toPath());
    assertThat(ModelZip.of(zip).entries().keySet()).contains("updaterState.bin", "normalizer.bin");
    MultiLayerNetwork read = (MultiLayerNetwork) SavedModel.read(zip);
    assertEqual(read, zip);
    assertThat(read.params().toDoubleVector()).containsExactly(network.params().toDoubleVector());
    assertThat(read.getIterationCount()).isEqualTo(1);
  }

  private static void write(INDArray parameters, DataOutputStream out) throws IOException {
    Nd4j.write(parameters, out);
  }

  /** All that ND4J writes for a row vector: either rank, either order, and a view of a matrix. */
  @ParameterizedTest
  @MethodSource("types")
  void readsEveryFormOfARowVector(DataType type) throws IOException {
    ModelZip zip = ModelZip.of(ModelZip.sequence(type));
    INDArray numbers = Nd4j.arange(39).castTo(DataType.DOUBLE).sub(11).div(7).castTo(type);
    INDArray matrix = Nd4j.create(type, new long[] {39, 3}, 'c');
    matrix.putColumn(1, numbers);
    List<INDArray> forms =
        List.of(
            numbers,
            numbers.reshape('c', 1, 39),
            numbers.reshape('f', 1, 39),
            numbers.dup('f').reshape('f', 1, 39),
            matrix.getColumn(1),
            matrix.getColumn(1).reshape(1, 39));
    for (INDArray form : forms) {
      byte[] bytes = zip.stored(out -> write(form, out)).bytes();
      Model read = SavedModel.read(bytes);
      assertThat(read.params().toDoubleVector()).containsExactly(numbers.toDoubleVector());
      assertEqual(read, bytes);
    }
  }

  /** The buffers of DL4J 0.9: lengths and shapes of 32 bits, no flags. */
  @ParameterizedTest
  @EnumSource(OldMode.class)
  void readsOldBuffersAsDl4jDoes(OldMode mode) throws IOException {
    byte[] bytes =
        ModelZip.of(ModelZip.sequence(DataType.FLOAT)).stored(out -> writeOld(mode, out)).bytes();
    Model read = SavedModel.read(bytes);
    assertThat(read.params().getFloat(38)).isEqualTo(38 / 7f);
    assertEqual(read, bytes);
  }

  enum OldMode {
    DIRECT,
    HEAP,
    JAVACPP
  }

  private static void writeOld(OldMode mode, DataOutputStream out) throws IOException {
    out.writeUTF(mode.name());
    out.writeInt(8);
    out.writeUTF("INT");
    for (int entry : new int[] {2, 1, 39, 39, 1, 0, 1, 'c'}) {
      out.writeInt(entry);
    }
    out.writeUTF(mode.name());
    out.writeInt(39);
    out.writeUTF("FLOAT");
    for (int i = 0; i < 39; i++) {
      out.writeFloat(i / 7f);
    }
  }

  @Test
  void readsEveryNumberOf16Bits() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float expected = HalfIndexer.toFloat(bits);
      float read = HalfPrecision.toFloat((short) bits);
      if (Float.isNaN(expected)) {
        assertThat(read).isNaN();
      } else {
        assertThat(Float.floatToRawIntBits(read)).isEqualTo(Float.floatToRawIntBits(expected));
      }
    }
  }
}
