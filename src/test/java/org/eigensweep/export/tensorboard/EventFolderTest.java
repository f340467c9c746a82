package org.eigensweep.export.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.export.FoundTrials;
import org.eigensweep.export.SmallSweep;
import org.eigensweep.export.TrialRows;
import org.eigensweep.spark.failure.OutputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.shade.protobuf.ByteString;
import org.nd4j.shade.protobuf.UnknownFieldSet;
import org.tensorflow.framework.DataType;
import org.tensorflow.framework.Summary;
import org.tensorflow.hadoop.util.TFRecordReader;

/**
 * TensorFlow's own reader of records reads the files and checks their sums, and its own message the
 * summaries; DuckDB says what to expect.
 */
class EventFolderTest {
  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;

  private List<TrialRows> trials(Path tables) {
    return FoundTrials.in(List.of(tables.toString()), hadoop).trials();
  }

  private String export() throws IOException {
    return EventFolder.open(folder.toString(), hadoop).write(trials(SmallSweep.folder()));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private Path file(String trial) throws IOException {
    return files().stream().filter(f -> f.toString().contains(trial)).findFirst().orElseThrow();
  }

  /** TensorFlow's message of that name, of which no library here has the class. */
  private record Event(double wallTime, long step, String fileVersion, Summary summary) {
    static Event parseFrom(byte[] record) throws IOException {
      UnknownFieldSet fields = UnknownFieldSet.parseFrom(record);
      List<ByteString> version = fields.getField(3).getLengthDelimitedList();
      List<ByteString> summary = fields.getField(5).getLengthDelimitedList();
      assertThat(version.size() + summary.size()).isEqualTo(1);
      return new Event(
          Double.longBitsToDouble(fields.getField(1).getFixed64List().get(0)),
          fields.hasField(2) ? fields.getField(2).getVarintList().get(0) : 0,
          version.isEmpty() ? null : version.get(0).toStringUtf8(),
          summary.isEmpty() ? Summary.getDefaultInstance() : Summary.parseFrom(summary.get(0)));
    }
  }

  private static List<Event> events(Path file) throws IOException {
    List<Event> events = new ArrayList<>();
    try (InputStream in = Files.newInputStream(file)) {
      TFRecordReader reader = new TFRecordReader(in, true);
      for (byte[] record = reader.read(); record != null; record = reader.read()) {
        events.add(Event.parseFrom(record));
      }
    }
    return events;
  }

  /** Curve → its values by step. */
  private static Map<String, Map<Long, Float>> curves(Path file) throws IOException {
    Map<String, Map<Long, Float>> curves = new TreeMap<>();
    for (Event event : events(file)) {
      for (Summary.Value value : event.summary().getValueList()) {
        if (!value.hasMetadata()) {
          Float before =
              curves
                  .computeIfAbsent(value.getTag(), tag -> new TreeMap<>())
                  .put(event.step(), value.getSimpleValue());
          assertThat(before).as("%s twice at %d", value.getTag(), event.step()).isNull();
        }
      }
    }
    return curves;
  }

  private static Map<Long, Float> expected(String query) throws IOException {
    Map<Long, Float> curve = new TreeMap<>();
    for (String row : SmallSweep.select(query)) {
      String[] values = row.split("\\|", -1);
      curve.put(Long.valueOf(values[0]), (float) Double.parseDouble(values[1]));
    }
    return curve;
  }

  @Test
  void hasARunATrialByItsName() throws IOException {
    assertThat(export()).isEqualTo("TensorBoard runs in %s: 6 new, 0 there before", folder);
    assertThat(files())
        .hasSize(SmallSweep.TRIALS)
        .allMatch(
            f ->
                f.getFileName()
                    .toString()
                    .matches("events\\.out\\.tfevents\\.\\d{10}\\.eigensweep"));
    assertThat(files().stream().map(f -> folder.relativize(f.getParent()).toString()))
        .containsExactlyInAnyOrderElementsOf(
            SmallSweep.names().stream().map(name -> "-1+-x---..---b/" + name).toList());
  }

  @Test
  void beginsWithTheVersionThatReadersKnow() throws IOException {
    export();
    for (Path file : files()) {
      assertThat(events(file).get(0).fileVersion()).isEqualTo("brain.Event:2");
    }
  }

  @Test
  void holdsEveryNumberOfEveryTable() throws IOException {
    export();
    for (String name : SmallSweep.names()) {
      Map<String, Map<Long, Float>> curves = curves(file(name));
      String from = " from '%s/TABLE/" + name + ".parquet' where ";
      for (String column :
          List.of("train_loss", "chi_gradient", "distance", "products", "seconds")) {
        assertThat(curves.getOrDefault("steps/" + column, Map.of()))
            .as(column)
            .isEqualTo(
                expected(
                    "select step, "
                        + column
                        + from.replace("TABLE", "steps")
                        + column
                        + " is not null"));
      }
      for (int pair = 1; pair <= 2; pair++) {
        assertThat(curves.getOrDefault("eigenvalues/eigenvalue_" + pair, Map.of()))
            .isEqualTo(
                expected(
                    "select step, eigenvalue"
                        + from.replace("TABLE", "eigenvalues")
                        + "pair = "
                        + pair));
      }
      assertThat(curves.getOrDefault("overlaps/largest_angle_lag5_k2", Map.of()))
          .isEqualTo(
              name.contains("E160")
                  ? Map.of()
                  : expected(
                      "select step, largest_angle"
                          + from.replace("TABLE", "overlaps")
                          + "lag = 5 and dimension = 2"));
    }
  }

  @Test
  void countsAsManyPointsAsTheTableHasNumbers() throws IOException {
    export();
    String name = SmallSweep.names().get(0);
    String unpivoted =
        """
        select count(*) from (unpivot (select columns(* exclude (trial, experiment, data, model, loss,
          optimizer, batch_size, learning_rate, seed, rank, branch, a, b, branch_method, step, OTHER))::double
          from '%s/TABLE/NAME.parquet') on columns(*))"""
            .replace("NAME", name);
    for (String[] table :
        List.of(new String[] {"steps", "phase"}, new String[] {"eigenvalues", "pair, stop"})) {
      long points =
          curves(file(name)).entrySet().stream()
              .filter(curve -> curve.getKey().startsWith(table[0] + "/"))
              .mapToLong(curve -> curve.getValue().size())
              .sum();
      assertThat(SmallSweep.select(unpivoted.replace("TABLE", table[0]).replace("OTHER", table[1])))
          .containsExactly(String.valueOf(points));
    }
  }

  @Test
  void namesACurveOfALayerAfterIt() throws IOException {
    export();
    for (String name : SmallSweep.names()) {
      Map<Long, Float> traces =
          expected("select step, trace from '%s/layers/" + name + ".parquet' where layer = 'all'");
      assertThat(traces).isNotEmpty();
      assertThat(curves(file(name)).get("layers/trace_all")).isEqualTo(traces);
      assertThat(curves(file(name)).keySet()).noneMatch(curve -> curve.startsWith("density/"));
    }
  }

  @Test
  void endsWithTheNumbersOfTheTrial() throws IOException {
    export();
    for (String row :
        SmallSweep.select(
            "select trial, final_step, final_train_loss from '%s/trials/*.parquet' where status = 'completed'")) {
      String[] values = row.split("\\|", -1);
      assertThat(curves(file(values[0])).get("trials/final_train_loss"))
          .isEqualTo(Map.of(Long.valueOf(values[1]), (float) Double.parseDouble(values[2])));
    }
  }

  /** Times go up with the steps and end when the trial was written. */
  @Test
  void hasTheTimesOfTheTrial() throws IOException {
    export();
    for (String row :
        SmallSweep.select(
            "select trial, epoch_us(finished_at), trunk_seconds + branch_seconds from '%s/trials/*.parquet'")) {
      String[] values = row.split("\\|", -1);
      List<Event> events = events(file(values[0]));
      double finished = Double.parseDouble(values[1]) / 1e6;
      // A double of seconds since 1970 is good to a quarter of a microsecond.
      assertThat(events.get(events.size() - 1).wallTime()).isCloseTo(finished, within(1e-6));
      assertThat(events.get(0).wallTime())
          .isCloseTo(finished - Double.parseDouble(values[2]), within(2e-6));
      assertThat(
              events.stream()
                  .filter(
                      e ->
                          e.summary().getValueList().stream()
                              .anyMatch(v -> v.getTag().equals("steps/train_loss")))
                  .map(Event::wallTime))
          .isSorted();
    }
  }

  /** The plug-in's messages, by the numbers of their fields. */
  @Test
  void saysWhatTheTrialIsAndHowItEnded() throws IOException {
    export();
    int failures = 0;
    for (String name : SmallSweep.names()) {
      UnknownFieldSet start = hyperparameters(name, "_hparams_/session_start_info", 3);
      Map<String, UnknownFieldSet> given = new TreeMap<>();
      for (var entry : start.getField(1).getLengthDelimitedList()) {
        UnknownFieldSet pair = UnknownFieldSet.parseFrom(entry);
        given.put(
            pair.getField(1).getLengthDelimitedList().get(0).toStringUtf8(),
            UnknownFieldSet.parseFrom(pair.getField(2).getLengthDelimitedList().get(0)));
      }
      assertThat(given).containsKeys("trial", "learning_rate", "seed", "branch");
      assertThat(given.get("experiment").getField(3).getLengthDelimitedList().get(0).toStringUtf8())
          .isEqualTo(SmallSweep.NAME);
      double rate =
          Double.longBitsToDouble(given.get("learning_rate").getField(2).getFixed64List().get(0));
      assertThat(rate).isIn(0.05, 1e160);
      UnknownFieldSet end = hyperparameters(name, "_hparams_/session_end_info", 4);
      long status = end.getField(1).getVarintList().get(0);
      assertThat(status).isEqualTo(rate > 1 ? 2 : 1);
      failures += status == 2 ? 1 : 0;
    }
    assertThat(failures).isEqualTo(SmallSweep.DIVERGED);
  }

  private UnknownFieldSet hyperparameters(String name, String tag, int field) throws IOException {
    Summary.Value value =
        events(file(name)).stream()
            .flatMap(e -> e.summary().getValueList().stream())
            .filter(v -> v.getTag().equals(tag))
            .findFirst()
            .orElseThrow();
    assertThat(value.getMetadata().getPluginData().getPluginName()).isEqualTo("hparams");
    assertThat(value.getTensor().getDtype()).isEqualTo(DataType.DT_FLOAT);
    assertThat(value.getTensor().getTensorShape().getDim(0).getSize()).isEqualTo(1);
    assertThat(value.getTensor().getFloatValList()).containsExactly(0f);
    UnknownFieldSet content =
        UnknownFieldSet.parseFrom(value.getMetadata().getPluginData().getContent());
    return UnknownFieldSet.parseFrom(content.getField(field).getLengthDelimitedList().get(0));
  }

  @Test
  void aSecondExportAddsNothing() throws IOException {
    export();
    List<Path> before = files();
    byte[] first = Files.readAllBytes(before.get(0));
    Files.delete(before.get(1));
    assertThat(export()).isEqualTo("TensorBoard runs in %s: 1 new, 5 there before", folder);
    assertThat(files()).isEqualTo(before);
    assertThat(Files.readAllBytes(before.get(0))).isEqualTo(first);
  }

  /** TensorBoard reads whatever has tfevents in its name. */
  @Test
  void leavesNoPartOfATrialThatCannotBeRead(@TempDir Path other) throws IOException {
    Path copy = SmallSweep.copyTo(other.resolve("copy"));
    List<TrialRows> trials = trials(copy);
    Files.write(copy.resolve("overlaps/" + trials.get(2).name() + ".parquet"), new byte[] {1});
    assertThatThrownBy(() -> EventFolder.open(folder.toString(), hadoop).write(trials))
        .isInstanceOf(OutputException.class)
        .hasMessageStartingWith(folder + ": cannot be written (")
        .hasMessageContaining(" after 2 of 6 trials,");
    assertThat(files()).hasSize(2);
    assertThat(export()).endsWith(": 4 new, 2 there before");
  }
}
