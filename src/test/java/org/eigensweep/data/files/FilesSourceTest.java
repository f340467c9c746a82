package org.eigensweep.data.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.eigensweep.data.table.TestFiles.bytes;
import static org.eigensweep.data.table.TestFiles.doubles;
import static org.eigensweep.data.table.TestFiles.npy;
import static org.eigensweep.data.table.TestFiles.write;

import java.io.ByteArrayOutputStream;
import java.io.ObjectOutputStream;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.eigensweep.data.DataException;
import org.eigensweep.data.Dataset;
import org.eigensweep.data.InputShape;
import org.eigensweep.data.table.TableReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Examples from arrays: shapes, classes and standardisation, by numbers worked out by hand. */
class FilesSourceTest {
  private static final Configuration HADOOP = new Configuration();

  @TempDir private Path dir;

  private void array(String name, String descr, String shape, byte[] numbers) {
    write(dir.resolve(name + ".npy"), npy(descr, false, shape, numbers));
  }

  private void array(String name, String shape, double... numbers) {
    array(name, "<f8", shape, doubles(ByteOrder.LITTLE_ENDIAN, numbers));
  }

  private LabelledTables tables(String inputs, String labels) {
    return new LabelledTables(
        TableReference.parse(dir + "/" + inputs + ".npy"),
        TableReference.parse(dir + "/" + labels + ".npy"));
  }

  private FilesRequest request(Reading reading, int train, int test) {
    return new FilesRequest(
        tables("x", "y"),
        Optional.of(tables("u", "v")),
        reading,
        0,
        OptionalInt.empty(),
        train,
        test);
  }

  private static Reading reading(Standardization standardization) {
    return new Reading(List.of(), Layout.CHANNELS_FIRST, standardization);
  }

  private Dataset training(Reading reading, int examples) {
    return request(reading, examples, 1).open(HADOOP).loadTraining(HADOOP);
  }

  private void refuses(FilesRequest request, String message) {
    assertThatThrownBy(() -> request.open(HADOOP).load(HADOOP))
        .isInstanceOf(DataException.class)
        .hasMessage(message.replace("%s", "file:" + dir));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(2, 12)      | CHANNELS_FIRST | 1 | 1 | 12",
        "(2, 1)       | CHANNELS_FIRST | 1 | 1 | 1",
        "(2, 3, 4)    | CHANNELS_FIRST | 1 | 3 | 4",
        "(2, 3, 4)    | CHANNELS_LAST  | 1 | 3 | 4",
        "(2, 3, 2, 2) | CHANNELS_FIRST | 3 | 2 | 2",
        "(2, 3, 2, 2) | CHANNELS_LAST  | 2 | 3 | 2",
      })
  void shapes(String shape, Layout layout, int channels, int height, int width) {
    array("x", "|u1", shape, new byte[2 * channels * height * width]);
    array("y", "|u1", "(2,)", bytes(0, 1));
    Reading reading = new Reading(List.of(), layout, Standardization.BYTES);
    FilesSource source = request(reading, 1, 1).open(HADOOP);
    assertThat(source.shape()).isEqualTo(new InputShape(channels, height, width));
    assertThat(source.loadTraining(HADOOP).shape()).isEqualTo(source.shape());
  }

  /** Two pixels of red 1 and 4, green 2 and 5, blue 3 and 6. */
  @Test
  void channelsLastAreTransposed() {
    array("x", "|u1", "(2, 1, 2, 3)", bytes(1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7));
    array("y", "|u1", "(2,)", bytes(0, 1));
    Reading last = new Reading(List.of(), Layout.CHANNELS_LAST, Standardization.NONE);
    assertThat(training(last, 1).inputs()).containsExactly(1, 4, 2, 5, 3, 6);
    array("x", "|u1", "(2, 6)", bytes(1, 2, 3, 4, 5, 6, 7, 7, 7, 7, 7, 7));
    Reading flat = new Reading(List.of(1, 2, 3), Layout.CHANNELS_LAST, Standardization.NONE);
    assertThat(training(flat, 1).inputs()).containsExactly(1, 4, 2, 5, 3, 6);
    assertThat(training(flat, 1).shape()).isEqualTo(new InputShape(3, 1, 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "(2,)            | 2             | 1 value",
        "(2, 1, 1, 1, 1) | 2 x 1 x 1 x 1 x 1 |",
      })
  void rowsOfOneNumberOrOfTooManySizes(String shape, String words) {
    array("x", "|u1", shape, bytes(1, 2));
    array("y", "|u1", "(2,)", bytes(0, 1));
    refuses(
        request(reading(Standardization.BYTES), 1, 1),
        "%s/x.npy: an array of "
            + words
            + ", expected N x features, N x height x width, or N x channels x height x width:"
            + " reshape it, or say data.shape");
  }

  @Test
  void shapesThatDoNotFit() {
    array("x", "|u1", "(2, 3)", bytes(1, 2, 3, 4, 5, 6));
    array("y", "|u1", "(2,)", bytes(0, 1));
    refuses(
        request(new Reading(List.of(2, 2), Layout.CHANNELS_FIRST, Standardization.NONE), 1, 1),
        "%s/x.npy: an array of 2 x 3 with 3 values a row, expected the 4 of data.shape = [2, 2]");
    array("x", "|u1", "(2, 0)", bytes());
    refuses(
        request(reading(Standardization.NONE), 1, 1),
        "%s/x.npy: an array of 2 x 0, expected rows of 1 to 2147483647 values");
    array("x", "|u1", "(0, 3)", bytes());
    array("y", "|u1", "(0,)", bytes());
    refuses(
        request(reading(Standardization.NONE), 1, 1), "%s/x.npy: no rows, expected one an example");
  }

  /** Column 0 is 1, 3, 5: mean 3, deviation √(8/3); column 1 is constant. */
  @Test
  void byFeature() {
    array("x", "(4, 2)", 1, 7, 3, 7, 5, 7, 1000, 1000);
    array("y", "(4,)", 0, 1, 0, 1);
    array("u", "(1, 2)", 4, 9);
    array("v", "(1, 1)", 1);
    var split = request(reading(Standardization.FEATURE), 3, 1).open(HADOOP).load(HADOOP);
    float unit = (float) (2 / Math.sqrt(8 / 3.0));
    assertThat(split.train().inputs()).containsExactly(-unit, 0, 0, 0, unit, 0);
    // Of the training examples, for the test set too; what was constant is centred alone.
    assertThat(split.test().inputs()).containsExactly((float) (1 / Math.sqrt(8 / 3.0)), 2);
    assertThat(split.test().source())
        .isEqualTo("files:file:" + dir + "/u.npy[0:1],per-feature statistics of 3 records");
  }

  /** Channel 0 is 1, 2, 3, 6: mean 3, deviation √(14/4); channel 1 is constant. */
  @Test
  void byChannel() {
    array("x", "(2, 2, 1, 2)", 1, 2, 5, 5, 3, 6, 5, 5);
    array("y", "(2,)", 0, 1);
    float[] inputs = training(reading(Standardization.CHANNEL), 2).inputs();
    double deviation = Math.sqrt(14 / 4.0);
    double[] expected = {-2, -1, 0, 0, 0, 3, 0, 0};
    for (int i = 0; i < expected.length; i++) {
      // Merging two places rounds once or twice in double, and the quotient once in float.
      assertThat((double) inputs[i]).isEqualTo(expected[i] / deviation, within(1e-7));
    }
  }

  /** A deviation of √(2/3) about a mean of 10⁹ is there in double, not in float. */
  @Test
  void aLargeMeanCostsNoDigits() {
    array("x", "(3, 1)", 1e9 - 1, 1e9, 1e9 + 1);
    array("y", "(3,)", 0, 1, 0);
    float unit = (float) Math.sqrt(1.5);
    assertThat(training(reading(Standardization.FEATURE), 3).inputs())
        .containsExactly(-unit, 0, unit);
  }

  /** A constant of no finite binary form has a rounded mean, and is still constant. */
  @Test
  void aConstantIsZero() {
    double[] tenth = new double[30];
    Arrays.fill(tenth, 0.1);
    array("x", "(15, 2, 1, 1)", tenth);
    array("y", "(15,)", IntStream.range(0, 15).mapToDouble(i -> i % 3).toArray());
    for (Standardization by : List.of(Standardization.FEATURE, Standardization.CHANNEL)) {
      assertThat(training(reading(by), 15).inputs()).containsOnly(0);
    }
  }

  @Test
  void bytesAreDividedBy255AndOtherTypesAreNot() {
    array("x", "|u1", "(2, 1)", bytes(51, 255));
    array("y", "|b1", "(2,)", bytes(0, 1));
    assertThat(training(reading(Standardization.BYTES), 2).inputs()).containsExactly(0.2f, 1);
    assertThat(training(reading(Standardization.NONE), 2).inputs()).containsExactly(51, 255);
    array("u", "(1, 1)", 51);
    array("v", "(1,)", 1);
    refuses(
        request(reading(Standardization.BYTES), 2, 1),
        "%s/u.npy: numbers of float64, expected uint8 as in the training set, since"
            + " data.standardize = bytes divides bytes alone: set it to none or by-255, or save both"
            + " alike");
    array("x", "(2, 1)", 51, 255);
    assertThat(training(reading(Standardization.BYTES), 2).inputs()).containsExactly(51, 255);
    assertThat(training(reading(Standardization.BY_255), 2).inputs()).containsExactly(0.2f, 1);
    array("x", "(2, 1)", 51, 256);
    refuses(
        request(reading(Standardization.BY_255), 2, 1),
        "%s/x.npy: 256.0 in row 1, column 0, expected 0 to 255 for data.standardize = by-255: drop"
            + " the row or replace the value");
  }

  @ParameterizedTest
  @EnumSource(Standardization.class)
  void valuesAreFinite(Standardization standardization) {
    array("y", "(2,)", 0, 1);
    array("u", "(2, 2)", 1, 2, 3, 4);
    array("v", "(2,)", 0, 1);
    for (double value : new double[] {Double.NaN, Double.NEGATIVE_INFINITY}) {
      array("x", "(2, 2)", 1, 2, value, 4);
      refuses(
          request(reading(standardization), 2, 1),
          "%s/x.npy: "
              + value
              + " in row 1, column 0, expected a finite number: drop the row or replace the value");
      // What is not asked for is not read.
      assertThat(training(reading(standardization), 1).examples()).isEqualTo(1);
    }
  }

  @Test
  void valuesThatAreNoFloats() {
    array("x", "(2, 1)", 1, -1e300);
    array("y", "(2,)", 0, 1);
    array("u", "(1, 1)", 1);
    array("v", "(1,)", 0);
    refuses(
        request(reading(Standardization.NONE), 2, 1),
        "%s/x.npy: -1.0E300 in row 1, column 0, expected a number within float32: drop the row or"
            + " replace the value");
  }

  @Test
  void classesAreCountedOverTheWholeFile() {
    array("x", "(62, 1)", new double[62]);
    array("y", "(62, 1)", IntStream.range(0, 62).mapToDouble(i -> 61 - i).toArray());
    FilesSource source = request(reading(Standardization.NONE), 3, 1).open(HADOOP);
    assertThat(source.classes()).isEqualTo(62);
    assertThat(source.loadTraining(HADOOP).labels()).containsExactly(61, 60, 59);
  }

  /** As of SVHN: 1 to 10, where 10 is the digit 0. */
  @Test
  void labelsMayBeginElsewhere() {
    array("x", "(10, 1)", new double[10]);
    array("y", "|u1", "(10,)", bytes(10, 1, 2, 3, 4, 5, 6, 7, 8, 9));
    FilesRequest plain = request(reading(Standardization.NONE), 3, 1);
    FilesRequest fromOne =
        new FilesRequest(
            plain.train(), plain.test(), plain.reading(), 1, OptionalInt.empty(), 3, 1);
    FilesSource source = fromOne.open(HADOOP);
    assertThat(source.classes()).isEqualTo(10);
    assertThat(source.loadTraining(HADOOP).labels()).containsExactly(9, 0, 1);
    refuses(
        plain,
        "%s/y.npy: no label 0, expected each from 0 to 10: set data.first-label to the label of the"
            + " first class, or data.classes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0, 1, 3     | no label 2, expected each from 0 to 3: number the classes without a gap, or set data.classes",
        "0, 1, 0.5   | label 0.5 in row 2, expected a whole number: number the classes",
        "0, NaN, 1   | label NaN in row 1, expected a whole number: number the classes",
        "0, 1, Infinity | label Infinity in row 2, expected a whole number: number the classes",
        "-1, 1, -1   | label -1 in row 0, expected at least 0: set data.first-label to the label of the first class",
        "0, 0, 0     | all labels are 0, expected at least two classes: correct it, or set data.classes",
        "0, 1, 1e300 | no label 2, expected each from 0 to 9223372036854775807: number the classes without a gap, or set data.classes",
      })
  void badLabels(String labels, String message) {
    double[] values = Arrays.stream(labels.split(", ", -1)).mapToDouble(Double::valueOf).toArray();
    array("x", "(3, 1)", 1, 2, 3);
    array("y", "(3,)", values);
    refuses(request(reading(Standardization.NONE), 1, 1), "%s/y.npy: " + message);
  }

  @Test
  void classesThatAreGivenMayBeMissing() {
    array("x", "(3, 1)", 1, 2, 3);
    array("y", "(3,)", 0, 3, 5);
    FilesRequest request = request(reading(Standardization.NONE), 3, 1);
    FilesRequest five =
        new FilesRequest(
            request.train(), request.test(), request.reading(), 0, OptionalInt.of(6), 3, 1);
    assertThat(five.open(HADOOP).loadTraining(HADOOP).labels()).containsExactly(0, 3, 5);
    FilesRequest four =
        new FilesRequest(
            request.train(), Optional.empty(), request.reading(), 0, OptionalInt.of(4), 3, 1);
    assertThatThrownBy(() -> four.open(HADOOP).loadTraining(HADOOP))
        .hasMessage(
            "file:%s/y.npy: label 5 in row 2, expected 0 to 3, the classes of the training set"
                .formatted(dir));
  }

  @Test
  void sortedByClass() {
    array("x", "(4, 1)", 1, 2, 3, 4);
    array("y", "(4,)", 0, 0, 1, 1);
    array("u", "(4, 1)", 1, 2, 3, 4);
    array("v", "(4,)", 0, 0, 1, 1);
    refuses(
        request(reading(Standardization.NONE), 2, 1),
        "%s/y.npy: the first 2 rows are all of one class, expected more classes: shuffle the rows of"
            + " inputs and labels alike, or ask for more");
    assertThat(training(reading(Standardization.NONE), 1).labels()).containsExactly(0);
  }

  @Test
  void tablesThatDoNotBelongTogether() {
    array("x", "(3, 2)", 1, 2, 3, 4, 5, 6);
    array("y", "(2,)", 0, 1);
    refuses(
        request(reading(Standardization.NONE), 1, 1),
        "%s/y.npy: 2 labels, expected 3, one for each row of %s/x.npy: take both from one data set");
    array("y", "(3, 2)", 0, 1, 0, 1, 1, 0);
    refuses(
        request(reading(Standardization.NONE), 1, 1),
        "%s/y.npy: labels of 3 x 2, expected one number a row: store the number of the class, not a"
            + " vector");
    array("y", "(3,)", 0, 1, 0);
    array("u", "(1, 3)", 1, 2, 3);
    array("v", "(1,)", 0);
    refuses(
        request(reading(Standardization.NONE), 1, 1),
        "%s/u.npy: an array of 1 x 3, expected rows as of the training set, %s/x.npy of 3 x 2: take"
            + " both from one data set");
    refuses(
        request(reading(Standardization.NONE), 4, 1),
        "%s/x.npy: 3 examples, expected at least the 4 asked for: ask for fewer");
    array("u", "(1, 2)", 1, 2);
    refuses(
        request(reading(Standardization.NONE), 3, 2),
        "%s/u.npy: 1 examples, expected at least the 2 asked for: ask for fewer");
    array("v", "(1,)", 2);
    refuses(
        request(reading(Standardization.NONE), 3, 1),
        "%s/v.npy: label 2 in row 0, expected 0 to 1, the classes of the training set");
    FilesRequest alone =
        new FilesRequest(
            tables("x", "y"),
            Optional.empty(),
            reading(Standardization.NONE),
            0,
            OptionalInt.empty(),
            3,
            1);
    refuses(
        alone,
        dir
            + "/x.npy: training examples without test examples, expected both: set data.test.inputs"
            + " and data.test.labels");
  }

  @Test
  void aSourceCrossesSpark() throws Exception {
    array("x", "(3, 2)", 1, 2, 3, 4, 5, 6);
    array("y", "(3,)", 0, 1, 0);
    FilesSource source = request(reading(Standardization.NONE), 1, 1).open(HADOOP);
    try (ObjectOutputStream out = new ObjectOutputStream(new ByteArrayOutputStream())) {
      out.writeObject(source);
    }
  }
}
