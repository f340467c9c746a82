package org.eigensweep.config;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import com.typesafe.config.ConfigValueType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoublePredicate;
import java.util.function.Function;

/**
 * One value of the merged settings, with typed readings that refuse what they cannot take.
 *
 * <p>Sections and lists are read here, single values by {@link Scalar}.
 */
final class Node {
  private final String path;

  /** Null where the key is absent. */
  private final ConfigValue value;

  /**
   * The value that {@code reference.conf} gives the key, the list that an item is in, or null where
   * there is no default.
   */
  private final ConfigValue reference;

  private final ConfigOrigin origin;

  private Node(String path, ConfigValue value, ConfigValue reference, ConfigOrigin origin) {
    this.path = path;
    this.value = value;
    this.reference = reference;
    this.origin = origin;
  }

  /** The section at the root of the settings; both trees resolved, their keys checked. */
  static Node root(String path, ConfigObject value, ConfigObject reference) {
    return new Node(path, value, reference, value.origin());
  }

  /** The value of a key of this section; it may be absent only if its default may be. */
  Node child(String key) {
    ConfigValue found = ((ConfigObject) value).get(key);
    return new Node(
        path + "." + key,
        found,
        ((ConfigObject) reference).get(key),
        found == null ? origin : found.origin());
  }

  /** The same value, but messages name the line of another one: for a value that no file sets. */
  Node reportedAt(Node other) {
    return new Node(path, value, reference, other.origin);
  }

  /** An integer in [{@code least}, 2³¹). */
  int integerOfAtLeast(int least) {
    String expected = "an integer of at least " + least;
    long number = require(scalar().integer(), expected);
    if (number < least) {
      throw refuse(expected);
    }
    if (number > Integer.MAX_VALUE) {
      throw refuse("an integer of at most " + Integer.MAX_VALUE);
    }
    return (int) number;
  }

  /** An integer in [{@code least}, {@code most}]. */
  int integerIn(int least, int most) {
    String expected = "an integer from %d to %d".formatted(least, most);
    long number = require(scalar().integer(), expected);
    if (number < least || number > most) {
      throw refuse(expected);
    }
    return (int) number;
  }

  /** Any 64-bit integer. */
  long integer() {
    return require(scalar().integer(), "an integer");
  }

  /** A memory size in bytes, with a unit as in 16MiB or without one. */
  long bytesOfAtLeast(int least) {
    String expected = "a memory size in bytes of at least %d, as in 16MiB".formatted(least);
    long bytes = require(scalar().bytes(), expected);
    if (bytes < least) {
      throw refuse(expected);
    }
    return bytes;
  }

  /** A time of at least nothing, with a unit as in 90s or 2 minutes. */
  Duration duration() {
    return require(scalar().duration(), "a time with a unit, as in 90s or 2 minutes");
  }

  /** A finite number for which a condition holds; {@code expected} puts the condition in words. */
  double number(String expected, DoublePredicate holds) {
    return require(scalar().number().filter(holds::test), expected);
  }

  /** Text that is not blank; a bare number counts as the text that it was written as. */
  Optional<String> text() {
    return scalar().text().filter(text -> !text.isBlank());
  }

  /** The constant that a word names. */
  <T> T word(Map<String, T> words) {
    String allowed = String.join(", ", words.keySet());
    String expected = words.size() == 1 ? allowed : "one of " + allowed;
    return require(text().map(words::get), expected);
  }

  /** The last part of its path. */
  String key() {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  /** Whether it is a list. */
  boolean isList() {
    return value instanceof ConfigList;
  }

  /** The values of a section but for one key, in the order of their lines. */
  List<Node> childrenBut(String one) {
    return keys().stream().filter(key -> !key.equals(one)).map(this::child).toList();
  }

  /**
   * Whether the settings say it: in a file or on the command line, if only to repeat the default.
   */
  boolean isGiven() {
    return value != null && (reference == null || !value.origin().equals(reference.origin()));
  }

  /**
   * Refuses a value wherever the settings say it, the default too.
   *
   * @param reason why it has no place here
   */
  void requireNotGiven(String reason) {
    if (isGiven()) {
      throw refuse("nothing", "remove it: " + reason);
    }
  }

  /** The message about what a value stands for, in words that say what to do. */
  SettingsException wrong(String what) {
    return new SettingsException("%s: %s: %s".formatted(Origins.describe(origin), path, what));
  }

  /**
   * Refuses anything but the defaults, here and below, where a setting has no meaning.
   *
   * @param reason why it has none
   */
  void requireDefault(String reason) {
    if (Objects.equals(value, reference)) {
      return;
    }
    if (isSection() && reference instanceof ConfigObject) {
      childrenBut("").forEach(child -> child.requireDefault(reason));
      return;
    }
    throw refuse(
        "the default " + (reference == null ? "nothing" : rendered(reference)),
        "remove it: " + reason);
  }

  private static String rendered(ConfigValue value) {
    return value.render(ConfigRenderOptions.concise());
  }

  /** The items of a list, each with this node's path. */
  List<Node> items() {
    if (!(value instanceof ConfigList list)) {
      throw refuse("a list");
    }
    return list.stream().map(item -> new Node(path, item, reference, item.origin())).toList();
  }

  /** The items of a list that must not be empty or hold a value twice. */
  <T> List<T> distinct(Function<Node, T> read) {
    Set<T> values = new LinkedHashSet<>();
    for (Node item : items()) {
      if (!values.add(read.apply(item))) {
        throw refuse("distinct values", "remove the repeated " + item.found());
      }
    }
    if (values.isEmpty()) {
      throw refuse("a list of at least one value");
    }
    return List.copyOf(values);
  }

  /**
   * The values of a section, with the section's path before theirs.
   *
   * @param needed keys that it has
   * @param possible keys that it may have beside them
   */
  Map<String, Node> fields(Set<String> needed, Set<String> possible) {
    Set<String> known = new TreeSet<>(needed);
    known.addAll(possible);
    if (!(value instanceof ConfigObject section)) {
      throw refuse("a section with keys of " + String.join(", ", known));
    }
    Map<String, Node> fields = new LinkedHashMap<>();
    section.forEach(
        (key, field) ->
            fields.put(key, new Node(path + "." + key, field, reference, field.origin())));
    for (Map.Entry<String, Node> field : fields.entrySet()) {
      if (!known.contains(field.getKey())) {
        throw field.getValue().refuseKey(known);
      }
    }
    for (String key : new TreeSet<>(needed)) {
      if (!fields.containsKey(key)) {
        throw new Node(path + "." + key, null, reference, origin)
            .refuse("a value", "add it, or leave the section out");
      }
    }
    return fields;
  }

  private SettingsException refuseKey(Set<String> known) {
    return new SettingsException(
        "%s: %s: unknown key, expected one of %s; correct it or leave it out"
            .formatted(Origins.describe(origin), path, String.join(", ", known)));
  }

  /** Whether this is a section, where a word may stand as well. */
  boolean isSection() {
    return value instanceof ConfigObject;
  }

  /**
   * The keys of this section in the order of their lines, so that the first mistake is found first.
   */
  List<String> keys() {
    return Origins.byLine((ConfigObject) value).stream().map(Map.Entry::getKey).toList();
  }

  /**
   * The value of a key that {@code reference.conf} cannot hold, since it belongs to a choice.
   *
   * @param standard its value where this section does not have it, or where this is a word
   */
  Node parameter(String key, double standard) {
    ConfigValue byDefault = ConfigValueFactory.fromAnyRef(standard);
    ConfigValue given = isSection() ? ((ConfigObject) value).get(key) : null;
    return given == null
        ? new Node(path + "." + key, byDefault, byDefault, origin)
        : new Node(path + "." + key, given, byDefault, given.origin());
  }

  /** The value of a key that belongs to a choice and has no default; it may be absent. */
  Node required(String key) {
    ConfigValue given = isSection() ? ((ConfigObject) value).get(key) : null;
    return new Node(path + "." + key, given, null, given == null ? origin : given.origin());
  }

  /** The message for this value, which names its default, if it has one, as the way out. */
  SettingsException refuse(String expected) {
    return refuse(
        expected,
        reference == null
            ? (value == null ? "give it" : "correct it")
            : "correct it, or leave it out for the default " + rendered(reference));
  }

  /** The message for this value: where, which key, what was found and expected, what to do. */
  SettingsException refuse(String expected, String advice) {
    return new SettingsException(
        "%s: %s: found %s, expected %s; %s"
            .formatted(Origins.describe(origin), path, found(), expected, advice));
  }

  private String found() {
    if (value == null) {
      return "nothing";
    }
    if (value instanceof ConfigObject) {
      return "a section";
    }
    return value.valueType() == ConfigValueType.NUMBER
        ? scalar().text().orElseThrow()
        : rendered(value);
  }

  private Scalar scalar() {
    return new Scalar(value);
  }

  private <T> T require(Optional<T> found, String expected) {
    return found.orElseThrow(() -> refuse(expected));
  }
}
