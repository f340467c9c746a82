package org.eigensweep.data.files;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.files.Slot.Part;
import org.eigensweep.data.files.Slot.Role;
import org.eigensweep.data.table.TableReference;

/** The files of one folder, put together into sets by what their names say. */
final class FoundFiles {
  private static final String GZIP = ".gz";

  /** What lies beside data and is none. */
  private static final Pattern TEXTS =
      Pattern.compile(
          "(?i)(readme|license|copying|sources)\\b.*|_success|.*\\.(md|txt|rst|html?|pdf|json|ya?ml|xml|py|ipynb|sh|log|conf|crc)");

  private final FileSystem files;
  private final Configuration hadoop;

  /** Set → part and role → table. */
  private final Map<String, Map<Slot, TableReference>> sets = new TreeMap<>();

  /** File that belongs to no set → what is the matter with it. */
  private final Map<Path, String> others = new LinkedHashMap<>();

  FoundFiles(FileSystem files, Configuration hadoop) {
    this.files = files;
    this.hadoop = hadoop;
  }

  /**
   * Takes a file, whatever it is.
   *
   * @throws DataException if another file has its place in a set
   */
  void add(FileStatus file) {
    Path path = file.getPath();
    if (TEXTS.matcher(path.getName()).matches()) {
      return;
    }
    Slot slot = Slot.of(path.getName());
    try {
      List<String> parts = TableReference.parts(files, path, hadoop);
      if (!parts.isEmpty() && !(slot.isWhole() && parts.size() == 1)) {
        addParts(path, slot, parts);
      } else if (TableReference.isRecords(file.getLen()) && path.getName().endsWith(".bin")) {
        addRecords(path, slot);
      } else {
        addWhole(path, slot);
      }
    } catch (TwoFilesException e) {
      throw new DataException(e.getMessage(), e);
    } catch (DataException e) {
      others.put(path, e.getMessage());
    }
  }

  /** Not a fault of one file, so not told as one. */
  private static final class TwoFilesException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TwoFilesException(String message) {
      super(message);
    }
  }

  private void addWhole(Path path, Slot slot) {
    TableReference table = new TableReference(path.toString(), "", List.of());
    var opened = table.open(hadoop);
    if (slot.isWhole()) {
      put(slot, table);
    } else {
      others.put(
          path,
          "an array of %s of %s, whose name does not say what it is: name it by data.train.inputs"
              .formatted(opened.words(), opened.type().word()));
    }
  }

  /** The arrays of an archive, or the columns of a table. */
  private void addParts(Path path, Slot file, List<String> parts) {
    if (path.getName().endsWith(".parquet")) {
      addColumns(path, file, parts);
      return;
    }
    boolean used = false;
    for (String key : parts) {
      Slot slot = Slot.of(key).or(file);
      if (slot.isWhole()) {
        put(slot, new TableReference(path.toString(), key, List.of()));
        used = true;
      }
    }
    if (!used) {
      others.put(
          path,
          "arrays %s, whose names do not say what they are: name them by data.train.inputs = %s:%s and so on"
              .formatted(listed(parts), path.getName(), parts.get(0)));
    }
  }

  private void addColumns(Path path, Slot file, List<String> columns) {
    List<String> labels = columns.stream().filter(Slot::isLabel).toList();
    if (file.part().isEmpty() || file.role().isPresent() || labels.size() != 1) {
      others.put(
          path,
          "columns %s, which of them are inputs and labels of which set does not show: name them by data.train.inputs = %s:COLUMN and so on"
              .formatted(listed(columns), path.getName()));
      return;
    }
    // The shards of one table are read as one.
    String table = path.toString().replaceFirst("-\\d+-of-(\\d+)\\.parquet$", "-*-of-$1.parquet");
    put(file.as(Role.INPUTS), new TableReference(table, "", List.of(labels.get(0))));
    put(file.as(Role.LABELS), new TableReference(table, labels.get(0), List.of()));
  }

  private static String listed(List<String> names) {
    return names.size() <= 6
        ? String.join(", ", names)
        : "%s and %d more".formatted(String.join(", ", names.subList(0, 5)), names.size() - 5);
  }

  private void addRecords(Path path, Slot slot) {
    if (slot.part().isEmpty()) {
      others.put(path, "of the length of CIFAR-100's records, expected train.bin or test.bin");
      return;
    }
    for (String labels : List.of("fine", "coarse")) {
      Slot of = slot.within(labels);
      put(of.as(Role.INPUTS), new TableReference(path.toString(), "pixels", List.of()));
      put(of.as(Role.LABELS), new TableReference(path.toString(), labels, List.of()));
    }
  }

  private void put(Slot slot, TableReference table) {
    Map<Slot, TableReference> set = sets.computeIfAbsent(slot.set(), name -> new LinkedHashMap<>());
    TableReference other = set.get(slot);
    if (other == null) {
      set.put(slot, table);
    } else if (!table.equals(other)
        && !table.path().equals(other.path() + GZIP)) { // files come in order of their names
      throw new TwoFilesException(
          "%s and %s: both by their names %s, expected one such file: leave one of them there"
              .formatted(other, table, slot.words()));
    }
  }

  /** The sets that have training inputs and labels. */
  List<FoundSet> sets() {
    List<FoundSet> found = new ArrayList<>();
    sets.forEach(
        (name, tables) ->
            tables(name, Part.TRAIN)
                .ifPresent(train -> found.add(new FoundSet(name, train, tables(name, Part.TEST)))));
    return found;
  }

  private Optional<LabelledTables> tables(String name, Part part) {
    TableReference inputs = sets.get(name).get(new Slot(name, part, Role.INPUTS));
    TableReference labels = sets.get(name).get(new Slot(name, part, Role.LABELS));
    return inputs == null || labels == null
        ? Optional.empty()
        : Optional.of(new LabelledTables(inputs, labels));
  }

  /** Files that belong to no set, and why not, in the order in which they were added. */
  Map<Path, String> others() {
    Map<Path, String> all = new LinkedHashMap<>(others);
    sets.forEach(
        (name, tables) ->
            Stream.of(Part.values())
                .filter(part -> tables(name, part).isEmpty())
                .forEach(
                    part ->
                        tables.forEach(
                            (slot, table) -> {
                              if (slot.part().equals(Optional.of(part))) {
                                all.put(new Path(table.path()), "alone: " + slot.words());
                              }
                            })));
    return all;
  }
}
