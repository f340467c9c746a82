package org.eigensweep.data.files;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the name of a file, or of an array in it, says it holds: {@code train-images-idx3-ubyte},
 * {@code emnist-letters-test-labels-idx1-ubyte.gz} and {@code x_train.npy} alike.
 *
 * @param set the words of the name that say neither, joined by hyphens; often blank
 * @param part training or test, if it says so
 * @param role inputs or labels, if it says so
 */
record Slot(String set, Optional<Part> part, Optional<Role> role) {
  /** Training or test. */
  enum Part {
    TRAIN,
    TEST
  }

  /** Inputs or labels. */
  enum Role {
    INPUTS,
    LABELS
  }

  private static final Map<String, Part> PARTS =
      Map.of("train", Part.TRAIN, "training", Part.TRAIN, "test", Part.TEST, "t10k", Part.TEST);

  private static final Map<String, Role> ROLES =
      Map.ofEntries(
          Map.entry("images", Role.INPUTS),
          Map.entry("imgs", Role.INPUTS),
          Map.entry("inputs", Role.INPUTS),
          Map.entry("features", Role.INPUTS),
          Map.entry("x", Role.INPUTS),
          Map.entry("labels", Role.LABELS),
          Map.entry("label", Role.LABELS),
          Map.entry("targets", Role.LABELS),
          Map.entry("y", Role.LABELS));

  private static final Set<String> LABEL_COLUMNS =
      Set.of("label", "labels", "y", "target", "targets", "class");

  /** What a name says. */
  static Slot of(String name) {
    Optional<Part> part = Optional.empty();
    Optional<Role> role = Optional.empty();
    List<String> rest = new ArrayList<>();
    for (String word : words(name)) {
      if (part.isEmpty() && PARTS.containsKey(word)) {
        part = Optional.of(PARTS.get(word));
      } else if (role.isEmpty() && ROLES.containsKey(word)) {
        role = Optional.of(ROLES.get(word));
      } else {
        rest.add(word);
      }
    }
    return new Slot(String.join("-", rest), part, role);
  }

  /** Without endings that tell a format, and the numbers of the shards of one file. */
  private static List<String> words(String name) {
    String stem =
        name.toLowerCase(Locale.ROOT)
            .replaceFirst("\\.gz$", "")
            .replaceFirst("\\.(npy|npz|parquet|idx|bin)$", "")
            .replaceFirst("[.-]idx\\d-ubyte$", "")
            .replaceFirst("-\\d+-of-\\d+$", "");
    return Arrays.stream(stem.split("[-_. ]+", -1)).filter(word -> !word.isEmpty()).toList();
  }

  Slot(String set, Part part, Role role) {
    this(set, Optional.of(part), Optional.of(role));
  }

  boolean isWhole() {
    return part.isPresent() && role.isPresent();
  }

  /** Whether a column of this name holds labels, where all others are inputs. */
  static boolean isLabel(String column) {
    return LABEL_COLUMNS.contains(column.toLowerCase(Locale.ROOT));
  }

  /** With what an outer name, as that of the archive, says besides. */
  Slot or(Slot outer) {
    return new Slot(joined(outer.set, set), part.or(() -> outer.part), role.or(() -> outer.role));
  }

  /** The same of a set within its set. */
  Slot within(String name) {
    return new Slot(joined(set, name), part, role);
  }

  Slot as(Role other) {
    return new Slot(set, part, Optional.of(other));
  }

  private static String joined(String outer, String inner) {
    return outer.isEmpty() || inner.isEmpty() ? outer + inner : outer + "-" + inner;
  }

  /** As messages say it. */
  String words() {
    return (part.equals(Optional.of(Part.TRAIN)) ? "training " : "test ")
        + (role.equals(Optional.of(Role.INPUTS)) ? "inputs" : "labels")
        + (set.isEmpty() ? "" : " of " + set);
  }
}
