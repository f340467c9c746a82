package org.eigensweep.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.plugin.OwnServices;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of data of a user's own, and what is checked of them. */
public class DataKindTest {
  private static final Configuration HADOOP = new Configuration();

  /** A kind as a user's jar may bring one: points on two lines, with a slope to choose. */
  public static final class Lines implements DataKind {
    @Override
    public String name() {
      return "lines";
    }

    @Override
    public List<String> options() {
      return List.of("slope", "title");
    }

    @Override
    public DataSource open(DataRequest request, Configuration hadoop) {
      return new LinesSource(
          request.trainExamples(), request.testExamples(), request.number("slope", 1));
    }
  }

  /** Another of the same name. */
  public static final class OtherLines implements DataKind {
    @Override
    public String name() {
      return "lines";
    }

    @Override
    public DataSource open(DataRequest request, Configuration hadoop) {
      throw new UnsupportedOperationException();
    }
  }

  /** One with a name of ours. */
  public static final class Mnist implements DataKind {
    @Override
    public String name() {
      return "mnist";
    }

    @Override
    public DataSource open(DataRequest request, Configuration hadoop) {
      throw new UnsupportedOperationException();
    }
  }

  /** The source of {@link Lines}. */
  public record LinesSource(int trainExamples, int testExamples, double slope)
      implements DataSource {
    @Override
    public InputShape shape() {
      return InputShape.vector(2);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public Split load(Configuration hadoop) {
      return new Split(points(trainExamples), points(testExamples));
    }

    private Dataset points(int count) {
      float[] inputs = new float[2 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = i % 2;
        inputs[2 * i] = i;
        inputs[2 * i + 1] = (float) (slope * i) + labels[i];
      }
      return Dataset.of("lines", shape(), 2, inputs, labels);
    }
  }

  private static DataRequest request(Map<String, String> options) {
    return new DataRequest(Optional.empty(), 4, 2, new TreeMap<>(options));
  }

  @Test
  void refusesTwoOfOneName(@TempDir Path folder) {
    String both = Lines.class.getName() + "\n" + OtherLines.class.getName();
    OwnServices.run(
        folder,
        DataKind.class,
        both,
        () ->
            assertThatThrownBy(DataKind.ALL::all)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(
                    "two kinds of data are named lines: %s and %s"
                        .formatted(Lines.class.getName(), OtherLines.class.getName())));
  }

  @Test
  void opensWithOptionsAndLoadsWithoutMoreCode() {
    DataSource source = new Lines().open(request(Map.of("slope", " 0.5 ")), HADOOP);
    assertThat(source).isEqualTo(new LinesSource(4, 2, 0.5));
    DataSource checked = new CheckedSource("lines", source);
    assertThat(checked.loadTraining(HADOOP).inputs()).containsExactly(0, 0, 1, 1.5f, 2, 1, 3, 2.5f);
    assertThat(checked.load(HADOOP).test().examples()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"steep | a finite number", "NaN | a finite number", "1e999 | a finite number"})
  void optionsAreNumbersWhereTheyMustBe(String value, String expected) {
    assertThatThrownBy(() -> new Lines().open(request(Map.of("slope", value)), HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "data.options.slope: found %s, expected %s: correct it".formatted(value, expected));
    assertThatThrownBy(() -> request(Map.of("slope", value)).integer("slope", 3))
        .hasMessage(
            "data.options.slope: found %s, expected an integer: correct it".formatted(value));
    assertThat(request(Map.of()).integer("slope", 3)).isEqualTo(3);
    assertThat(request(Map.of("title", "a b")).text("title", "")).isEqualTo("a b");
  }

  /** A source that breaks its promises, one after another. */
  private record Broken(DataSource promised, Dataset train, Dataset test) implements DataSource {
    @Override
    public InputShape shape() {
      return promised.shape();
    }

    @Override
    public int classes() {
      return promised.classes();
    }

    @Override
    public int trainExamples() {
      return promised.trainExamples();
    }

    @Override
    public Split load(Configuration hadoop) {
      return new Split(train, test);
    }
  }

  @Test
  void promisesAreKept() {
    DataSource lines = new LinesSource(2, 2, 1);
    Dataset good = lines.loadTraining(HADOOP);
    Dataset three = new LinesSource(3, 2, 1).loadTraining(HADOOP);
    Dataset flat =
        Dataset.of("flat", InputShape.vector(1), 2, new float[] {1, 2}, new int[] {0, 1});
    Dataset holed =
        Dataset.of(
            "holed", InputShape.vector(2), 2, new float[] {1, 2, 3, Float.NaN}, new int[] {0, 1});
    refused(
        new Broken(lines, three, good),
        "3 training examples, expected the 2 that its source announced");
    refused(
        new Broken(lines, good, flat),
        "test examples of 1 x 1 x 1 in 2 classes, expected the 1 x 1 x 2 in 2 that its source"
            + " announced");
    refused(
        new Broken(lines, holed, good),
        "value NaN of training example 1, place 1, expected a finite number");
    refused(
        new Broken(lines, good, holed),
        "value NaN of test example 1, place 1, expected a finite number");
  }

  /** A label that is no class, which {@link Dataset#of} finds. */
  private record Mislabelled(int trainExamples) implements DataSource {
    @Override
    public InputShape shape() {
      return InputShape.vector(1);
    }

    @Override
    public int classes() {
      return 2;
    }

    @Override
    public Split load(Configuration hadoop) {
      Dataset data = Dataset.of("mine", shape(), 2, new float[] {1}, new int[] {2});
      return new Split(data, data);
    }
  }

  @Test
  void whatIsFoundInTheArraysIsOneLineToo() {
    refused(new Mislabelled(1), "mine: label 2 of example 0, expected 0 to 1");
    assertThatThrownBy(() -> new CheckedSource("own", new Mislabelled(1)).loadTraining(HADOOP))
        .isInstanceOf(DataException.class);
  }

  private static void refused(DataSource source, String message) {
    assertThatThrownBy(() -> new CheckedSource("own", source).load(HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage("data.kind = own: " + message);
  }
}
