package org.eigensweep.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/**
 * The command {@code spectrum} on 120 built-in digits, with three pairs.
 *
 * @param folder where models and results go
 */
record SpectrumRun(Path folder) {
  Path output() {
    return folder.resolve("out");
  }

  /** Saves a network as a user would. */
  Path save(String name, NeuralNetConfiguration.ListBuilder layers) {
    MultiLayerNetwork network = new MultiLayerNetwork(layers.build());
    network.init();
    return save(name, network);
  }

  Path save(String name, MultiLayerNetwork network) {
    Path file = folder.resolve(name);
    try {
      network.save(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file;
  }

  Captured execute(String model, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "spectrum",
                "--model",
                model,
                "--data",
                "digits",
                "--set",
                "data.train-examples=120",
                "--set",
                "eigenspace.pairs=3",
                "--set",
                "spectrum.trace-products=30",
                "--set",
                "spectrum.density-steps=20",
                "--set",
                "output=" + output()));
    arguments.addAll(List.of(more));
    return Captured.execute(arguments.toArray(String[]::new));
  }

  /** The rows of one study in a table, in the order of a column. */
  List<Row> rows(String table, String study, String order) {
    SparkSession spark = SparkSession.builder().master("local[1]").getOrCreate();
    try {
      return spark
          .read()
          .parquet(output() + "/" + table)
          .filter("study = '" + study + "'")
          .orderBy(order)
          .collectAsList();
    } finally {
      spark.stop();
    }
  }
}
