package org.eigensweep.network.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.deeplearning4j.nn.api.Model;
import org.eigensweep.network.saved.SavedNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Model files with changes here and there: each is read as DL4J itself reads it, or refused in one
 * line. Nothing else is thrown, and the process lives.
 */
class MutatedModelTest {
  private static final int CHANGES = 120;
  private static final Pattern NUMBER = Pattern.compile("(?<=[:\\[,] )-?\\d[\\d.E+-]*");
  private static final Pattern VALUE = Pattern.compile("(?<= : )(\"[^\"]*\"|null|true|false)");

  /** At the limits of the types, and where products of two or four of them overflow. */
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "-1",
          "1",
          "39",
          "65536",
          "2147483647",
          "-2147483648",
          "4294967296",
          "3037000500",
          "4611686018427387904",
          "9223372036854775807",
          "1e300",
          "-0.5");

  private static final List<String> VALUES =
      List.of("null", "\"\"", "\"FLOAT\"", "[]", "{}", "0", "true", "[ [ ] ]");

  static Stream<Model> models() {
    return Stream.of(
        ModelZip.sequence(DataType.FLOAT), ModelZip.graph(DataType.DOUBLE), ModelZip.images());
  }

  private int read;
  private int refused;

  private void check(byte[] zip, String what) throws IOException {
    try {
      SavedNetwork.read("net.zip", zip);
      read++;
    } catch (IllegalArgumentException e) {
      refused++;
      assertThat(e.getMessage()).as(what).matches("net\\.zip: [^\\n\\r]+");
      return;
    } catch (Throwable e) {
      throw new AssertionError(what, e);
    }
    SavedModelTest.assertEqual(SavedModel.read(zip), zip);
  }

  /** One to four bytes, or bits, anywhere. */
  private static byte[] changed(byte[] bytes, Random random) {
    byte[] changed = bytes.clone();
    for (int i = 0; i <= random.nextInt(4); i++) {
      int at = random.nextInt(changed.length);
      changed[at] =
          (byte)
              (random.nextBoolean() ? random.nextInt(256) : changed[at] ^ (1 << random.nextInt(8)));
    }
    return changed;
  }

  @ParameterizedTest
  @MethodSource("models")
  void bytesOfTheFile(Model model) throws IOException {
    Random random = new Random(1);
    byte[] zip = ModelZip.bytes(model);
    for (int i = 0; i < CHANGES; i++) {
      check(changed(zip, random), "change " + i);
    }
    assertThat(refused).isPositive();
  }

  /** Packed again, so that no sum of the zip gives the change away. */
  @ParameterizedTest
  @MethodSource("models")
  void bytesOfTheCoefficients(Model model) throws IOException {
    Random random = new Random(2);
    ModelZip zip = ModelZip.of(model);
    byte[] sound = zip.entries().get(ModelZip.COEFFICIENTS);
    for (int i = 0; i < CHANGES; i++) {
      byte[] coefficients = changed(sound, random);
      check(zip.with(ModelZip.COEFFICIENTS, coefficients).bytes(), "change " + i);
    }
    byte[] header = sound.clone();
    for (int bit = 0; bit < 8 * 120; bit++) {
      header[bit / 8] ^= (byte) (1 << bit % 8);
      check(zip.with(ModelZip.COEFFICIENTS, header).bytes(), "bit %d".formatted(bit));
      header[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @MethodSource("models")
  void bytesOfTheConfiguration(Model model) throws IOException {
    Random random = new Random(3);
    ModelZip zip = ModelZip.of(model);
    byte[] sound = zip.entries().get(ModelZip.CONFIGURATION);
    for (int i = 0; i < CHANGES; i++) {
      byte[] configuration = changed(sound, random);
      check(
          zip.with(ModelZip.CONFIGURATION, configuration).bytes(),
          new String(configuration, StandardCharsets.UTF_8));
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }

  @ParameterizedTest
  @MethodSource("models")
  void numbersOfTheConfiguration(Model model) throws IOException {
    replaceEach(ModelZip.of(model), NUMBER, NUMBERS);
  }

  @ParameterizedTest
  @MethodSource("models")
  void valuesOfTheConfiguration(Model model) throws IOException {
    replaceEach(ModelZip.of(model), VALUE, VALUES);
  }

  private void replaceEach(ModelZip zip, Pattern what, List<String> by) throws IOException {
    String json = new String(zip.entries().get(ModelZip.CONFIGURATION), StandardCharsets.UTF_8);
    List<MatchResult> places = what.matcher(json).results().toList();
    assertThat(places).hasSizeGreaterThan(20);
    Random random = new Random(4);
    for (int i = 0; i < CHANGES; i++) {
      MatchResult place = places.get(random.nextInt(places.size()));
      String other = by.get(random.nextInt(by.size()));
      String changed = json.substring(0, place.start()) + other + json.substring(place.end());
      String around = json.substring(Math.max(0, place.start() - 60), place.end()) + " -> " + other;
      check(
          zip.with(ModelZip.CONFIGURATION, changed.getBytes(StandardCharsets.UTF_8)).bytes(),
          around);
    }
    assertThat(read).isPositive();
    assertThat(refused).isPositive();
  }
}
