package org.eigensweep.network.dl4j;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The options of one object of a DL4J configuration, each of which its reader must account for.
 * They are the object's fields, those of its superclasses included, so that an option which the
 * reader does not know, of a subclass or of another DL4J, is seen and never passed over.
 *
 * <p>A reader says of an option that it takes it into the rule ({@link #reads}), that it changes no
 * loss ({@link #ignores}), or for which value the rule holds ({@link #needs}); {@link #done} finds
 * what is left.
 */
public final class Dl4jOptions {
  private final Map<String, Object> left;

  private Dl4jOptions(Map<String, Object> left) {
    this.left = left;
  }

  /** All options of an object. */
  public static Dl4jOptions of(Object configuration) {
    return new Dl4jOptions(fields(configuration));
  }

  /** The fields that an object holds, by name, its own class's first. */
  public static Map<String, Object> fields(Object object) {
    Map<String, Object> fields = new LinkedHashMap<>();
    for (Class<?> type = object.getClass(); type != null; type = type.getSuperclass()) {
      for (Field field : type.getDeclaredFields()) {
        if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
          fields.putIfAbsent(field.getName(), value(field, object));
        }
      }
    }
    return fields;
  }

  private static Object value(Field field, Object object) {
    try {
      field.setAccessible(true);
      return field.get(object);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  /** Options that the reader takes into the rule. */
  public Dl4jOptions reads(String... options) {
    for (String option : options) {
      left.remove(option);
    }
    return this;
  }

  /** Options that change neither the loss at any parameters nor its derivatives. */
  public Dl4jOptions ignores(String... options) {
    return reads(options);
  }

  /**
   * An option for one value of which the rule holds.
   *
   * @throws IllegalArgumentException naming the option where it has another value
   */
  public Dl4jOptions needs(String option, Object value) {
    if (left.containsKey(option) && !Objects.equals(left.get(option), value)) {
      throw new IllegalArgumentException(
          "%s = %s has no exact derivative rule, expected %s"
              .formatted(option, text(left.get(option)), text(value)));
    }
    left.remove(option);
    return this;
  }

  /** What every layer has: none of it is in the function, except what random numbers do to it. */
  public Dl4jOptions ofLayer() {
    return ignores("layerName", "constraints") // constraints move parameters after an update
        .ignores("weightInitFn", "biasInit", "gainInit") // where training began
        .ignores(
            "iUpdater", "biasUpdater", "gradientNormalization", "gradientNormalizationThreshold")
        .ignores("timeDistributedFormat") // read where DL4J chooses a preprocessor, and never later
        .reads("regularization", "regularizationBias") // by the L2 term
        .needs("iDropout", null)
        .needs("weightNoise", null);
  }

  /**
   * Checks that every option was accounted for.
   *
   * @throws IllegalArgumentException naming an option that was not accounted for
   */
  public void done() {
    left.forEach(
        (option, value) -> {
          throw new IllegalArgumentException(
              "option %s = %s is not known here and has no exact derivative rule"
                  .formatted(option, text(value)));
        });
  }

  /** A value as Java prints it, and an array by its elements. */
  private static String text(Object value) {
    String inBrackets = Arrays.deepToString(new Object[] {value});
    return inBrackets.substring(1, inBrackets.length() - 1);
  }
}
