package org.eigensweep.network.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.eigensweep.network.saved.SavedNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Files that are not what they should be, each refused with its reason. */
class BadModelTest {
  private static final ModelZip SOUND = ModelZip.of(ModelZip.sequence(DataType.FLOAT));
  private static final String WROTE = ", expected a zip that DL4J's ModelSerializer wrote";
  private static final String VECTOR =
      ", expected a row vector of floating point numbers as ND4J writes it: save the network again";
  private static final String A_CONFIGURATION = ", expected the configuration of a network";

  private static void assertRefused(byte[] zip, String reason) {
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("net.zip: " + reason);
  }

  static Stream<Arguments> archives() {
    byte[] none = new byte[0];
    ModelZip many = SOUND;
    for (int i = 0; i < ModelArchive.MOST_ENTRIES; i++) {
      many = many.with("objects/" + i, none);
    }
    return Stream.of(
        Arguments.of(none, "no zip, or one without entries" + WROTE),
        Arguments.of(
            "no network".getBytes(StandardCharsets.UTF_8),
            "no zip, or one without entries" + WROTE),
        Arguments.of(
            SOUND.without(ModelZip.CONFIGURATION).bytes(),
            "no entry configuration.json, found [coefficients.bin]" + WROTE),
        Arguments.of(
            SOUND.without(ModelZip.COEFFICIENTS).with("a\nb", none).bytes(),
            "no entry coefficients.bin, found [configuration.json, a?b]" + WROTE),
        Arguments.of(many.bytes(), "more than 1000 entries" + WROTE),
        Arguments.of(
            SOUND.with(ModelZip.CONFIGURATION, new byte[(8 << 20) + 1]).bytes(),
            "configuration.json: inflates to more than 8 MiB" + A_CONFIGURATION + WROTE),
        Arguments.of(
            renamed(SOUND.with("coefficients.bix", none), "coefficients.bix", "coefficients.bin"),
            "entry coefficients.bin twice, expected each once" + WROTE),
        Arguments.of(
            renamed(SOUND.with("other1", none).with("other2", none), "other2", "other1"),
            "entry other1 twice, expected each once" + WROTE),
        Arguments.of(
            SOUND.with(ModelZip.COEFFICIENTS, none).with("noParams.marker", none).bytes(),
            "coefficients.bin: ends inside its header of 0 bytes" + VECTOR));
  }

  /** A zip in which one name is overwritten by another of its length. */
  private static byte[] renamed(ModelZip zip, String from, String to) {
    String bytes = new String(zip.bytes(), StandardCharsets.ISO_8859_1);
    return bytes.replace(from, to).getBytes(StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @MethodSource("archives")
  void refusesAnArchive(byte[] zip, String reason) {
    assertRefused(zip, reason);
  }

  /** Wherever it is cut before its index, the entry that lies there is named. */
  @Test
  void namesTheEntryWhereAZipIsCut() {
    byte[] zip = SOUND.bytes();
    String text = new String(zip, StandardCharsets.ISO_8859_1);
    int coefficients = text.indexOf(ModelZip.COEFFICIENTS);
    int index = text.indexOf("PK\1\2");
    for (int length = 1; length < index; length += 13) {
      String reason;
      if (length < 30 + ModelZip.CONFIGURATION.length()) {
        continue; // not one whole header
      }
      reason = length < coefficients ? ModelZip.CONFIGURATION : "";
      byte[] cut = Arrays.copyOf(zip, length);
      assertThatThrownBy(() -> SavedNetwork.read("net.zip", cut))
          .as("cut after %d bytes", length)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(
              "net\\.zip: (no entry )?(%s|coefficients\\.bin)[^\\n]+".formatted(reason));
    }
  }

  @Test
  void saysWhereAZipIsDamaged() {
    byte[] zip = SOUND.bytes();
    int coefficients = new String(zip, StandardCharsets.ISO_8859_1).indexOf(ModelZip.COEFFICIENTS);
    zip[coefficients + ModelZip.COEFFICIENTS.length() + 100] ^= 4;
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip))
        .hasMessageMatching(
            "net\\.zip: coefficients\\.bin: the zip is damaged here \\([^\\n]+\\), expected a whole"
                + " zip: copy the file again");
  }

  /** What inflates to a thousand times its size is counted and not held. */
  @Test
  void stopsAtABomb() {
    byte[] zip = SOUND.with("updaterState.bin", new byte[64 << 20]).bytes();
    assertThatThrownBy(() -> ModelArchive.open(zip, 32 << 20))
        .hasMessage(
            "updaterState.bin: entries inflate to more than 32 MiB, twice the Java heap" + WROTE);
    assertRefused(
        SOUND.with(ModelZip.COEFFICIENTS, new byte[64 << 20]).bytes(),
        "coefficients.bin: a buffer of mode ''" + VECTOR);
  }

  /** Zeros in plenty that are what the configuration asks for. */
  @Test
  void refusesMoreParametersThanTheHeapHolds() {
    ModelArchive archive = ModelArchive.open(SOUND.bytes());
    assertThatThrownBy(() -> StoredParameters.read(archive, 39, 39 * 16 - 1))
        .hasMessage(
            "coefficients.bin: 39 parameters, which take 0 MiB of Java heap, expected no more than"
                + " the 0 MiB there are: raise EIGENSWEEP_DRIVER_MEMORY");
    assertThat(StoredParameters.read(archive, 39, 39 * 16).length()).isEqualTo(39);
  }

  /** A vector's two buffers, with whatever numbers. */
  private record Header(
      String mode, long shapeLength, String shapeType, List<Long> shape, long length, String type) {
    static Header sound() {
      return new Header(
          "MIXED_DATA_TYPES", 6, "LONG", List.of(1L, 39L, 1L, 8192L, 1L, (long) 'c'), 39, "FLOAT");
    }

    Header shape(long... other) {
      List<Long> entries = Arrays.stream(other).boxed().toList();
      return new Header(mode, other.length, shapeType, entries, length, type);
    }

    Header shapeLength(long other) {
      return new Header(mode, other, shapeType, shape, length, type);
    }

    Header shapeType(String other) {
      return new Header(mode, shapeLength, other, shape, length, type);
    }

    Header length(long other) {
      return new Header(mode, shapeLength, shapeType, shape, other, type);
    }

    Header type(String other) {
      return new Header(mode, shapeLength, shapeType, shape, length, other);
    }

    Header mode(String other) {
      return new Header(other, shapeLength, shapeType, shape, length, type);
    }

    byte[] withNumbers(int bytes) {
      return SOUND.stored(out -> write(out, bytes)).bytes();
    }

    private void write(DataOutputStream out, int bytes) throws IOException {
      out.writeUTF(mode);
      out.writeLong(shapeLength);
      out.writeUTF(shapeType);
      for (long entry : shape) {
        out.writeLong(entry);
      }
      out.writeUTF(mode);
      out.writeLong(length);
      out.writeUTF(type);
      out.write(new byte[bytes]);
    }
  }

  static Stream<Arguments> coefficients() {
    Header sound = Header.sound();
    long huge = 1L << 33;
    String noWord = "x".repeat(40);
    return Stream.of(
        Arguments.of(
            sound.withNumbers(39 * 4 - 1),
            "coefficients.bin: 268 bytes, expected 269 for 39 numbers of type FLOAT: save the network again"),
        Arguments.of(
            sound.withNumbers(39 * 4 + 1),
            "coefficients.bin: 270 bytes, expected 269 for 39 numbers of type FLOAT: save the network again"),
        Arguments.of(
            sound.type("DOUBLE").shape(1, 39, 1, 16384, 1, 'c').withNumbers(39 * 4),
            "coefficients.bin: 270 bytes, expected 426 for 39 numbers of type DOUBLE: save the network again"),
        Arguments.of(
            sound.shape(1, 38, 1, 8192, 1, 'c').length(38).withNumbers(38 * 4),
            "coefficients.bin: 38 numbers by its header, expected the 39 parameters of"
                + " configuration.json: save the network again"),
        // a file of a few hundred bytes that promises gigabytes
        Arguments.of(
            sound.shape(1, 2_000_000_000, 1, 8192, 1, 'c').length(2_000_000_000).withNumbers(10),
            "coefficients.bin: 2000000000 numbers by its header, expected the 39 parameters of"
                + " configuration.json: save the network again"),
        Arguments.of(
            sound.shape(1, huge, 1, 8192, 1, 'c').length(huge).withNumbers(10),
            "coefficients.bin: length 8589934592" + VECTOR),
        Arguments.of(
            sound.shape(1, -39, 1, 8192, 1, 'c').length(-39).withNumbers(156),
            "coefficients.bin: length -39" + VECTOR),
        Arguments.of(
            sound.length(-1).withNumbers(156),
            "coefficients.bin: 39 numbers by its shape and -1 by its data" + VECTOR),
        Arguments.of(
            sound.length(Long.MAX_VALUE).withNumbers(156),
            "coefficients.bin: 39 numbers by its shape and 9223372036854775807 by its data"
                + VECTOR),
        Arguments.of(
            sound.shapeLength(huge).withNumbers(156),
            "coefficients.bin: a shape of 8589934592 entries" + VECTOR),
        Arguments.of(
            sound.shapeLength(-6).withNumbers(156),
            "coefficients.bin: a shape of -6 entries" + VECTOR),
        Arguments.of(
            sound.shape(2, 39, 1, 8192, 1, 'c').withNumbers(156),
            "coefficients.bin: rank 2 in a shape of 6 entries" + VECTOR),
        Arguments.of(
            sound.shape(-1, 39, 1, 8192, 1, 'c').withNumbers(156),
            "coefficients.bin: rank -1 in a shape of 6 entries" + VECTOR),
        Arguments.of(
            sound.shape(3, 1, 1, 39, 39, 39, 1, 8192, 1, 'c').withNumbers(156),
            "coefficients.bin: a shape of 10 entries" + VECTOR),
        Arguments.of(
            sound.shape(2, 3, 13, 13, 1, 8192, 1, 'c').withNumbers(156),
            "coefficients.bin: shape 3 x 13" + VECTOR),
        Arguments.of(
            sound.shape(2, 39, 1, 1, 1, 8192, 1, 'c').withNumbers(156),
            "coefficients.bin: shape 39 x 1" + VECTOR),
        Arguments.of(
            sound.shape(1, 39, 2, 8192, 2, 'c').withNumbers(156),
            "coefficients.bin: stride 2 and step 2" + VECTOR),
        Arguments.of(
            sound.shape(1, 39, 1, 8192, 1000, 'c').withNumbers(156),
            "coefficients.bin: stride 1 and step 1000" + VECTOR),
        Arguments.of(
            sound.shape(1, 39, 1, 8192, 1, 'x').withNumbers(156),
            "coefficients.bin: order 120" + VECTOR),
        Arguments.of(
            sound.shape(1, 39, 1, 16384, 1, 'c').withNumbers(156),
            "coefficients.bin: flags 0x4000 with numbers of type FLOAT" + VECTOR),
        Arguments.of(
            sound.shape(1, 39, 1, 8192 | 8, 1, 'c').withNumbers(156),
            "coefficients.bin: flags 0x2008 with numbers of type FLOAT" + VECTOR),
        Arguments.of(
            sound.type("INT").shape(1, 39, 1, 131072, 1, 'c').withNumbers(156),
            "coefficients.bin: numbers of type INT" + VECTOR),
        Arguments.of(
            sound.type("COMPRESSED").withNumbers(156),
            "coefficients.bin: numbers of type COMPRESSED" + VECTOR),
        Arguments.of(
            sound.type("UTF8").withNumbers(156), "coefficients.bin: numbers of type UTF8" + VECTOR),
        Arguments.of(
            sound.type("QUAD").withNumbers(156),
            "coefficients.bin: a buffer of type 'QUAD'" + VECTOR),
        Arguments.of(
            sound.shapeType("FLOAT").withNumbers(156),
            "coefficients.bin: a shape of type FLOAT" + VECTOR),
        Arguments.of(
            sound.mode("MMAP").withNumbers(156),
            "coefficients.bin: a buffer of mode 'MMAP'" + VECTOR),
        Arguments.of(
            sound.mode(noWord).withNumbers(156), "coefficients.bin: a word of 40 letters" + VECTOR),
        Arguments.of(
            SOUND.with(ModelZip.COEFFICIENTS, new byte[] {0, 4, 'H', 'E'}).bytes(),
            "coefficients.bin: ends inside its header of 4 bytes" + VECTOR),
        Arguments.of(
            SOUND.stored(out -> Nd4j.write(Nd4j.create(3, 13), out)).bytes(),
            "coefficients.bin: shape 3 x 13" + VECTOR));
  }

  @ParameterizedTest
  @MethodSource("coefficients")
  void refusesCoefficients(byte[] zip, String reason) {
    assertRefused(zip, reason);
  }

  private static ModelZip replaced(String from, String to) {
    return SOUND.configured(json -> json.replaceFirst(from, to));
  }

  private static Arguments configuration(String json, String reason) {
    return Arguments.of(
        SOUND.with(ModelZip.CONFIGURATION, json.getBytes(StandardCharsets.UTF_8)),
        "configuration.json: " + reason);
  }

  private static Arguments configuration(String from, String to, String reason) {
    return Arguments.of(replaced(from, to), "configuration.json: " + reason);
  }

  private static Arguments sizes(String nIn, String nOut, String reason) {
    ModelZip zip =
        SOUND.configured(
            json ->
                json.replaceFirst("\"nin\" : 5", "\"nin\" : " + nIn)
                    .replaceFirst("\"nout\" : 4", "\"nout\" : " + nOut));
    return Arguments.of(zip, reason);
  }

  static Stream<Arguments> configurations() {
    String nested = "{\"a\":".repeat(100_000);
    String other = "\"@class\" : \"javax.swing.JFrame\"";
    String refused =
        "names the class %s, expected layers, vertices, activations and other parts of a network:"
            + " no other code is run for a file";
    String lies = ", expected the 39 parameters of configuration.json: save the network again";
    return Stream.of(
        configuration(
            "[".repeat(100_000), "JSON nested more than 64 levels deep" + A_CONFIGURATION),
        configuration(nested, "JSON nested more than 64 levels deep" + A_CONFIGURATION),
        configuration("[]", "no JSON object" + A_CONFIGURATION),
        configuration("", "no JSON object" + A_CONFIGURATION),
        configuration(
            "{}",
            "has neither confs nor vertices, expected one of them, as a MultiLayerNetwork or a"
                + " ComputationGraph has"),
        configuration(
            "\"confs\"",
            "\"vertices\" : {}, \"confs\"",
            "has both confs and vertices, expected one of them, as a MultiLayerNetwork or a"
                + " ComputationGraph has"),
        configuration(
            "\"seed\" : 11",
            "\"seed\" : " + "1".repeat(1000),
            "a number of 1000 digits, expected at most 100"),
        configuration(
            "\"@class\" : \"org.deeplearning4j.nn.conf.layers.DenseLayer\"",
            "\"@class\" : \"com.acme.MyLayer\"",
            "class com.acme.MyLayer is not on the class path, expected one that is: add its jar"
                + " with --jars JAR"),
        configuration(
            "\"@class\" : \"org.deeplearning4j.nn.conf.layers.DenseLayer\"",
            other,
            refused.formatted("javax.swing.JFrame")),
        // Jackson takes the first element of an array for the name of a class
        configuration(
            "\"idropout\" : null",
            "\"idropout\" : [\"javax.swing.JFrame\", {}]",
            refused.formatted("javax.swing.JFrame")),
        configuration(
            "\"idropout\" : null",
            "\"idropout\" : [\"java.util.List<javax.swing.JFrame>\"]",
            refused.formatted("java.util.List")),
        configuration(
            "\"weightNoise\" : null",
            "\"weightNoise\" : {\"type\" : \"javax.swing.JFrame\"}",
            refused.formatted("javax.swing.JFrame")),
        configuration(
            "\"shape\" : \\[ 3 \\]",
            "\"shape\" : [ 300000, 30000 ]",
            "an array of shape [300000,30000] with 3 numbers, expected as many as its shape says"),
        configuration(
            "\"shape\" : \\[ 3 \\]",
            "\"shape\" : [ -3, -1 ]",
            "an array of shape [-3,-1] with 3 numbers, expected as many as its shape says"),
        configuration(
            "\"shape\" : \\[ 3 \\]",
            "\"shape\" : [ 4294967296, 4294967296 ]",
            "an array of shape [4294967296,4294967296] with 3 numbers, expected as many as its"
                + " shape says"),
        sizes("2147483647", "2147483647", "configuration.json: layer layer0 has"),
        sizes("-5", "4", "configuration.json: layer layer0 has -16 parameters"),
        sizes("1000", "4", "coefficients.bin: 39 numbers by its header, expected the 4019"),
        sizes("40000", "40000", "coefficients.bin: 39 numbers by its header, expected the 16"),
        sizes("5000000000000000000000", "4", "configuration.json: DL4J makes no network of it"),
        Arguments.of(
            SOUND.stored(out -> Nd4j.write(row(40), out)),
            "coefficients.bin: 40 numbers by its header" + lies));
  }

  /** DL4J would divide by a stride of 0, in C++. */
  @ParameterizedTest
  @CsvSource({
    "stride, 0, 1",
    "stride, -1, 1",
    "dilation, 0, 1",
    "kernelSize, 0, 1",
    "kernelSize, 4097, 1",
    "padding, -1, 0",
    "padding, 2147483647, 0",
    "stride, 1.5, 1"
  })
  void refusesWindowsThatDl4jWouldNotBuild(String name, String size, int least) {
    ModelZip zip =
        ModelZip.of(ModelZip.images())
            .configured(
                json ->
                    json.replaceFirst(
                        "\"%s\" : \\[ \\d+".formatted(name),
                        "\"%s\" : [ %s".formatted(name, size)));
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip.bytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching(
            "net\\.zip: configuration\\.json: %s \\[%s,\\d\\], expected %d to 4096: save the network again"
                .formatted(name, size, least));
  }

  private static INDArray row(int length) {
    return Nd4j.create(DataType.FLOAT, length);
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void refusesAConfiguration(ModelZip zip, String reason) {
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip.bytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("net.zip: " + reason)
        .hasMessageMatching("[^\\n]+, expected [^\\n]+");
  }

  /**
   * Sizes whose product is 0 or overflows to 0, with as many coefficients as DL4J then counts: 4
   * biases and the 15 parameters of the next layer.
   */
  @ParameterizedTest
  @ValueSource(strings = {"0", "4611686018427387904", "-4611686018427387904"})
  void refusesSizesThatOverflow(String nIn) {
    ModelZip zip =
        SOUND
            .configured(json -> json.replaceFirst("\"nin\" : 5", "\"nin\" : " + nIn))
            .stored(out -> Nd4j.write(row(19), out));
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip.bytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("net\\.zip: configuration\\.json: [^\\n]+, expected [^\\n]+");
  }

  /** 2^62 · 2 · 2 · 2 weights are 0, and 2 biases are left of the first layer's 10 parameters. */
  @Test
  void refusesAConvolutionThatOverflows() {
    ModelZip images = ModelZip.of(ModelZip.images());
    int parameters = (int) ModelZip.images().numParams() - 8;
    ModelZip zip =
        images
            .configured(json -> json.replaceFirst("\"nin\" : 1,", "\"nin\" : 4611686018427387904,"))
            .stored(out -> Nd4j.write(row(parameters), out));
    assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip.bytes()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("net\\.zip: configuration\\.json: [^\\n]+, expected [^\\n]+");
  }

  @Test
  void refusesWhatIsNoJson() {
    for (String json :
        new String[] {"{", "{\"confs\": [}", "{} trailing", "\0", "{\"a\":1,\"a\":2}"}) {
      byte[] zip =
          SOUND.with(ModelZip.CONFIGURATION, json.getBytes(StandardCharsets.UTF_8)).bytes();
      assertThatThrownBy(() -> SavedNetwork.read("net.zip", zip))
          .as(json)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageMatching(
              "net\\.zip: configuration\\.json: not JSON \\([^\\n]+\\), expected the configuration of a network");
    }
    assertRefused(
        SOUND.with(ModelZip.CONFIGURATION, new byte[] {'{', (byte) 0xff, '}'}).bytes(),
        "configuration.json: not UTF-8, expected JSON in UTF-8: save the network where that is the default");
  }
}
