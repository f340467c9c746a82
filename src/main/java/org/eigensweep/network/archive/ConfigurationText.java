package org.eigensweep.network.archive;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Map;
import org.nd4j.shade.jackson.core.JsonFactory;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.JsonToken;
import org.nd4j.shade.jackson.core.StreamReadFeature;
import org.nd4j.shade.jackson.databind.JsonNode;
import org.nd4j.shade.jackson.databind.ObjectMapper;

/**
 * A network's configuration in JSON, looked through before DL4J makes objects of it: how deep it
 * goes, which classes it names ({@link ConfigurationClasses}), and whether the arrays in it, such
 * as the weights of a loss, have as many numbers as they say.
 *
 * @param text the JSON
 * @param root the same, parsed
 */
record ConfigurationText(String text, JsonNode root) {
  /** DL4J's own go about ten levels deep, and two more for each layer within a layer. */
  static final int MOST_LEVELS = 64;

  /** The longest number that Java writes has 24 digits; much longer ones take ages to convert. */
  static final int MOST_DIGITS = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  /** Sizes of windows, which DL4J checks where they are set but not where they are read. */
  private static final Map<String, Integer> LEAST =
      Map.of("kernelSize", 1, "stride", 1, "dilation", 1, "padding", 0);

  private static final int LARGEST_WINDOW = 4096;

  private static final String ENTRY = ModelArchive.CONFIGURATION;

  /**
   * Checks a configuration.
   *
   * @param bytes UTF-8
   * @throws IllegalArgumentException naming what is wrong
   */
  static ConfigurationText checked(byte[] bytes) {
    String text = decoded(bytes);
    try {
      checkTokens(text);
      JsonNode root = new ObjectMapper(JSON).readTree(text);
      if (!root.isObject()) {
        throw new BadModelException(
            "%s: no JSON object, expected the configuration of a network".formatted(ENTRY));
      }
      new Walk().through(root);
      return new ConfigurationText(text, root);
    } catch (IOException e) {
      throw new BadModelException(
          "%s: not JSON (%s), expected the configuration of a network"
              .formatted(ENTRY, Faults.line(e)),
          e);
    }
  }

  private static String decoded(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new BadModelException(
          "%s: not UTF-8, expected JSON in UTF-8: save the network where that is the default"
              .formatted(ENTRY),
          e);
    }
  }

  /** Token by token, so that nothing here recurses or converts. */
  private static void checkTokens(String text) throws IOException {
    int level = 0;
    try (JsonParser tokens = JSON.createParser(text)) {
      for (JsonToken token = tokens.nextToken(); token != null; token = tokens.nextToken()) {
        if (token.isStructStart()) {
          level++;
        } else if (token.isStructEnd()) {
          level--;
        } else if (token.isNumeric() && tokens.getTextLength() > MOST_DIGITS) {
          throw new BadModelException(
              "%s: a number of %d digits, expected at most %d"
                  .formatted(ENTRY, tokens.getTextLength(), MOST_DIGITS));
        }
        if (level > MOST_LEVELS) {
          throw new BadModelException(
              "%s: JSON nested more than %d levels deep, expected the configuration of a network"
                  .formatted(ENTRY, MOST_LEVELS));
        }
      }
    }
  }

  /** One pass through the parsed JSON. */
  private static final class Walk {
    private final ConfigurationClasses classes = new ConfigurationClasses();

    void through(JsonNode node) {
      if (node.isTextual()) {
        classes.checkText(node.textValue());
      } else if (node.isObject()) {
        checkArray(node);
        for (Iterator<Map.Entry<String, JsonNode>> it = node.fields(); it.hasNext(); ) {
          Map.Entry<String, JsonNode> field = it.next();
          if (field.getKey().equals(ConfigurationClasses.PROPERTY)) {
            classes.checkClass(field.getValue().asText());
          } else {
            checkWindow(field.getKey(), field.getValue());
            through(field.getValue());
          }
        }
      } else {
        node.forEach(this::through);
      }
    }

    private static void checkWindow(String name, JsonNode sizes) {
      Integer least = LEAST.get(name);
      if (least != null && sizes.isArray()) {
        for (JsonNode size : sizes) {
          if (size.isArray()) {
            checkWindow(name, size); // a size for either side of each dimension
          } else if (!size.isInt() || size.intValue() < least || size.intValue() > LARGEST_WINDOW) {
            throw new BadModelException(
                "%s: %s %s, expected %d to %d: save the network again"
                    .formatted(
                        ENTRY, name, Faults.shortened(sizes.toString()), least, LARGEST_WINDOW));
          }
        }
      }
    }

    /** ND4J would take the length from one of the two, and read or write past the other's end. */
    private static void checkArray(JsonNode object) {
      JsonNode shape = object.get("shape");
      JsonNode data = object.get("data");
      if (object.has("dataBuffer")) {
        throw new BadModelException(
            ("%s: an array in a form that DL4J no longer writes (dataBuffer), expected the"
                    + " configuration of a network: save it again with DL4J 1.0.0-M2.1")
                .formatted(ENTRY));
      }
      if (!object.has("dataType") || (shape == null && data == null)) {
        return;
      }
      if (shape == null || data == null || !shape.isArray() || !data.isArray()) {
        throw new BadModelException(
            "%s: an array without %s, expected a shape and as many numbers"
                .formatted(ENTRY, shape == null || !shape.isArray() ? "shape" : "data"));
      }
      if (numbers(shape) != data.size()) {
        throw new BadModelException(
            "%s: an array of shape %s with %d numbers, expected as many as its shape says"
                .formatted(ENTRY, Faults.shortened(shape.toString()), data.size()));
      }
    }

    /** How many numbers a shape has room for; -1 if a size in it cannot be one. */
    private static long numbers(JsonNode shape) {
      long numbers = 1;
      for (JsonNode size : shape) {
        if (!size.isInt() || size.intValue() < 0 || numbers > Integer.MAX_VALUE) {
          return -1;
        }
        numbers *= size.intValue();
      }
      return numbers;
    }
  }
}
