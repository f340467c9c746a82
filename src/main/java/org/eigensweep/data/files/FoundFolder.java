package org.eigensweep.data.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.data.DataException;
import org.eigensweep.data.FileSystems;

/**
 * What a folder holds under the names that people have: its own files, or else those of its
 * sub-folders and of their sub-folders {@code raw}, where torchvision puts them.
 *
 * @param path the folder, or a single file
 * @param sets the data sets
 * @param others the files that belong to none, and why not
 */
public record FoundFolder(Path path, List<FoundSet> sets, Map<Path, String> others) {
  private static final String RAW = "raw";

  /** The value of a setting that leaves the choice open, since there is one set alone. */
  public static final String ONLY = "only";

  /**
   * Looks at a folder, or at a single file.
   *
   * @throws DataException if there is none, or two files have one place in a set
   */
  public static FoundFolder of(String dir, Configuration hadoop) {
    try {
      Path given = new Path(dir);
      FileSystem files = FileSystems.of(given, hadoop);
      FileStatus status = files.getFileStatus(files.makeQualified(given));
      if (status.isFile()) {
        FoundFiles found = new FoundFiles(files, hadoop);
        found.add(status);
        return new FoundFolder(status.getPath(), found.sets(), found.others());
      }
      FoundFiles own = filesOf(files, status.getPath(), hadoop);
      return own.sets().isEmpty()
          ? below(files, status.getPath(), own, hadoop)
          : new FoundFolder(status.getPath(), own.sets(), own.others());
    } catch (FileNotFoundException e) {
      throw new DataException(
          "%s: no such folder or file, expected one with data: correct the path".formatted(dir), e);
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          "%s: cannot be reached (%s), expected a folder on a file system that Hadoop is configured for"
              .formatted(dir, DataException.firstLine(e)),
          e);
    }
  }

  private static FoundFiles filesOf(FileSystem files, Path folder, Configuration hadoop)
      throws IOException {
    FoundFiles found = new FoundFiles(files, hadoop);
    for (FileStatus status : sorted(files, folder)) {
      if (status.isFile()) {
        found.add(status);
      }
    }
    return found;
  }

  private static List<FileStatus> sorted(FileSystem files, Path folder) throws IOException {
    return Arrays.stream(files.listStatus(folder))
        .filter(status -> !status.getPath().getName().startsWith("."))
        .sorted()
        .toList();
  }

  private static FoundFolder below(
      FileSystem files, Path folder, FoundFiles own, Configuration hadoop) throws IOException {
    List<FoundSet> sets = new ArrayList<>();
    Map<Path, String> others = new LinkedHashMap<>(own.others());
    for (FileStatus status : sorted(files, folder)) {
      if (status.isDirectory()) {
        Path inside = status.getPath();
        Path raw = new Path(inside, RAW);
        boolean torchvision = files.exists(raw) && files.getFileStatus(raw).isDirectory();
        FoundFiles found = filesOf(files, torchvision ? raw : inside, hadoop);
        String name = inside.getName().toLowerCase(Locale.ROOT);
        found.sets().forEach(set -> sets.add(name.equals(RAW) ? set : set.within(name)));
        others.putAll(found.others());
      }
    }
    return new FoundFolder(folder, List.copyOf(sets), others);
  }

  /**
   * The set that settings mean.
   *
   * @param wanted its name, or {@link #ONLY}
   * @throws DataException if there is none of that name, or more than one
   */
  public FoundSet set(String wanted) {
    List<FoundSet> meant = meant(wanted);
    if (meant.size() == 1) {
      return meant.get(0);
    }
    if (sets.isEmpty()) {
      throw new DataException(
          ("%s: no training inputs and labels under usual names, expected some as x_train.npy and"
                  + " y_train.npy: name the files by data.train.inputs and data.train.labels;"
                  + " submit/local data %1$s says what is there")
              .formatted(path));
    }
    List<String> names = sets.stream().map(FoundSet::name).toList();
    throw new DataException(
        (wanted.equals(ONLY)
                ? "%s: the data sets %s, expected one: set data.subset to one of them"
                : "%s: %3$s of the data sets %2$s is %4$s, expected one: set data.subset to a whole name")
            .formatted(
                path,
                String.join(", ", names),
                meant.isEmpty() ? "none" : "more than one",
                wanted));
  }

  private List<FoundSet> meant(String wanted) {
    if (wanted.equals(ONLY)) {
      return sets;
    }
    // mnist is torchvision's MNIST, where EMNIST's part of that name lies beside it.
    List<FoundSet> exact = sets.stream().filter(set -> set.name().equals(wanted)).toList();
    return exact.isEmpty() ? sets.stream().filter(set -> set.isCalled(wanted)).toList() : exact;
  }
}
