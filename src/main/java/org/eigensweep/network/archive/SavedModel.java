package org.eigensweep.network.archive;

import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Makes a network of the file that DL4J's ModelSerializer wrote. It reads the configuration and the
 * coefficients alone, and checks both before DL4J sees them. ModelSerializer itself deserializes
 * Java objects in the file, and allocates the lengths that the file declares.
 *
 * <p>Memory: the configuration (at most 8 MiB, a few times), 4 or 8 bytes of Java heap and as many
 * outside it for a parameter; all of it after the sizes were compared with what is in the file.
 */
public final class SavedModel {
  private static final String SEQUENCE = "confs";
  private static final String GRAPH = "vertices";

  private SavedModel() {}

  /**
   * Reads a network.
   *
   * @param zip the file's bytes
   * @return a {@code MultiLayerNetwork} or a {@code ComputationGraph}, initialised, in the
   *     precision in which it was saved
   * @throws IllegalArgumentException in one line, naming the entry, if it is no such file
   */
  public static Model read(byte[] zip) {
    ModelArchive archive = ModelArchive.open(zip);
    ConfigurationText configuration = ConfigurationText.checked(archive.configuration());
    return isSequence(configuration)
        ? sequence(configuration, count -> StoredParameters.read(archive, count))
        : graph(configuration, count -> StoredParameters.read(archive, count));
  }

  /**
   * Makes a network of a configuration alone, with parameters that DL4J draws.
   *
   * @param json UTF-8, with or without a byte order mark
   * @return as {@link #read} does, in float64
   * @throws IllegalArgumentException in one line, if it is no configuration
   */
  public static Model untrained(byte[] json) {
    try {
      ConfigurationText configuration = ConfigurationText.checked(withoutMark(json));
      Model model =
          isSequence(configuration)
              ? sequence(configuration, SavedModel::room)
              : graph(configuration, SavedModel::room);
      return byDl4j(() -> drawn(model));
    } catch (BadModelException e) {
      // There is no entry of that name: the file is what the entry would be.
      throw new BadModelException(e.getMessage().replace(ModelArchive.CONFIGURATION + ": ", ""), e);
    }
  }

  private static byte[] withoutMark(byte[] json) {
    boolean marked =
        json.length > 2
            && json[0] == (byte) 0xEF
            && json[1] == (byte) 0xBB
            && json[2] == (byte) 0xBF;
    return marked ? Arrays.copyOfRange(json, 3, json.length) : json;
  }

  private static INDArray room(long parameters) {
    StoredParameters.requireHeap(parameters, Runtime.getRuntime().maxMemory());
    return Nd4j.create(DataType.DOUBLE, 1, parameters);
  }

  /** The parameters are views of the vector, where they are drawn. */
  private static Model drawn(Model model) {
    if (model instanceof ComputationGraph graph) {
      ComputationGraph fresh = new ComputationGraph(graph.getConfiguration());
      fresh.init();
      return fresh;
    }
    MultiLayerNetwork fresh =
        new MultiLayerNetwork(((MultiLayerNetwork) model).getLayerWiseConfigurations());
    fresh.init();
    return fresh;
  }

  private static boolean isSequence(ConfigurationText configuration) {
    boolean sequence = configuration.root().has(SEQUENCE);
    if (sequence == configuration.root().has(GRAPH)) {
      throw new BadModelException(
          "%s: has %s, expected one of them, as a MultiLayerNetwork or a ComputationGraph has"
              .formatted(
                  ModelArchive.CONFIGURATION,
                  (sequence ? "both %s and %s" : "neither %s nor %s").formatted(SEQUENCE, GRAPH)));
    }
    return sequence;
  }

  private static Model sequence(ConfigurationText text, LongFunction<INDArray> vector) {
    MultiLayerConfiguration configuration =
        byDl4j(() -> MultiLayerConfiguration.fromJson(text.text()));
    long count = byDl4j(() -> ParameterCount.of(configuration));
    INDArray parameters = vector.apply(count);
    return byDl4j(
        () -> {
          configuration.setDataType(parameters.dataType());
          MultiLayerNetwork network = new MultiLayerNetwork(configuration);
          network.init(parameters, false);
          ParameterCount.check(network.paramTable(), count);
          return network;
        });
  }

  private static Model graph(ConfigurationText text, LongFunction<INDArray> vector) {
    ComputationGraphConfiguration configuration =
        byDl4j(() -> ComputationGraphConfiguration.fromJson(text.text()));
    long count = byDl4j(() -> ParameterCount.of(configuration));
    INDArray parameters = vector.apply(count);
    return byDl4j(
        () -> {
          configuration.setDataType(parameters.dataType());
          ComputationGraph graph = new ComputationGraph(configuration);
          graph.init(parameters, false);
          ParameterCount.check(graph.paramTable(), count);
          return graph;
        });
  }

  /** DL4J reports a configuration that makes no network by exceptions of many kinds. */
  private static <T> T byDl4j(Supplier<T> step) {
    try {
      return step.get();
    } catch (BadModelException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      throw new BadModelException(
          "%s: DL4J makes no network of it (%s), expected the configuration that it wrote"
              .formatted(ModelArchive.CONFIGURATION, Faults.line(e)),
          e);
    }
  }
}
