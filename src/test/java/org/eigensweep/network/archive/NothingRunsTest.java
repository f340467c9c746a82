package org.eigensweep.network.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.samediff.SameDiffLambdaLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** A file cannot make this program run code that the file chose. */
class NothingRunsTest {
  private static final Set<String> RAN = new HashSet<>();
  private static final ModelZip SOUND = ModelZip.of(ModelZip.sequence(DataType.FLOAT));

  /** Leaves a trace when it is deserialized, where an attacker's object would start a program. */
  static final class Tripwire implements Serializable {
    private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
      in.defaultReadObject();
      RAN.add("readObject");
    }
  }

  /** Leaves a trace when it is initialised. */
  static final class Mine {
    static {
      RAN.add("Mine");
    }

    private Mine() {}
  }

  /** The same for the control: a class is initialised once. */
  static final class ControlMine {
    static {
      RAN.add("ControlMine");
    }

    private ControlMine() {}
  }

  /** A layer of the user's own, which may run. */
  public static final class Own extends SameDiffLambdaLayer {
    @Override
    public SDVariable defineLayer(SameDiff sd, SDVariable input) {
      return input;
    }
  }

  @BeforeEach
  void forget() {
    RAN.clear();
  }

  private static byte[] tripwire() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Tripwire());
    }
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "preprocessor.bin",
        "normalizer.bin",
        "updaterState.bin",
        "objects/anything",
        "noParams.marker",
        "anything"
      })
  void deserializesNoEntry(String name) throws IOException {
    byte[] zip = SOUND.with(name, tripwire()).bytes();
    MultiLayerNetwork read = (MultiLayerNetwork) SavedModel.read(zip);
    assertThat(RAN).isEmpty();
    assertThat(read.params()).isEqualTo(ModelZip.sequence(DataType.FLOAT).params());
  }

  @ParameterizedTest
  @ValueSource(strings = {ModelZip.CONFIGURATION, ModelZip.COEFFICIENTS})
  void deserializesNeitherOfTheEntriesThatItReads(String name) throws IOException {
    byte[] zip = SOUND.with(name, tripwire()).bytes();
    assertThatThrownBy(() -> SavedModel.read(zip)).hasMessageStartingWith(name);
    assertThat(RAN).isEmpty();
  }

  /** The wire is live: ModelSerializer trips over it. */
  @Test
  void modelSerializerWouldDeserialize() throws IOException {
    byte[] zip = SOUND.with("preprocessor.bin", tripwire()).bytes();
    assertThatThrownBy(
            () -> ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(zip), false))
        .isInstanceOf(ClassCastException.class);
    assertThat(RAN).containsExactly("readObject");
  }

  private static String layer(String value) {
    return "\"idropout\" : " + value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"@class\" : \"NAME\"}",
        "[\"NAME\", {}]",
        "[\"NAME\"]",
        "[\"java.util.ArrayList<NAME>\", {}]",
        "{\"@class\" : \"org.deeplearning4j.nn.conf.dropout.Dropout<NAME>\"}",
        "\"NAME\"",
        "{\"type\" : \"NAME\"}",
        "{\"unknown\" : [[{\"any\" : \"NAME\"}]]}"
      })
  void initialisesNoClassThatIsNoPartOfANetwork(String form) {
    String value = form.replace("NAME", Mine.class.getName());
    byte[] zip =
        SOUND.configured(json -> json.replace("\"idropout\" : null", layer(value))).bytes();
    assertThatThrownBy(() -> SavedModel.read(zip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("configuration\\.json: .*class .*, expected .*");
    assertThat(RAN).isEmpty();
  }

  /** The mine is live: Jackson initialises it before it finds that it does not fit. */
  @ParameterizedTest
  @ValueSource(strings = {"[\"NAME\", {}]"})
  void dl4jWouldInitialise(String form) {
    String value = form.replace("NAME", ControlMine.class.getName());
    String json =
        ModelZip.sequence(DataType.FLOAT)
            .getLayerWiseConfigurations()
            .toJson()
            .replace("\"idropout\" : null", layer(value));
    assertThatThrownBy(() -> MultiLayerConfiguration.fromJson(json))
        .isInstanceOf(RuntimeException.class);
    assertThat(RAN).containsExactly("ControlMine");
  }

  /** What the user put on the class path as a layer is the user's. */
  @Test
  void takesALayerOfTheUsersOwn() {
    ModelZip zip =
        SOUND.configured(
            json ->
                json.replaceFirst(
                    "org.deeplearning4j.nn.conf.layers.DenseLayer",
                    Own.class.getName().replace("$", "\\$")));
    assertThatThrownBy(() -> SavedModel.read(zip.bytes()))
        .hasMessageStartingWith(
            "coefficients.bin: 39 numbers by its header, expected the 15 parameters");
  }
}
