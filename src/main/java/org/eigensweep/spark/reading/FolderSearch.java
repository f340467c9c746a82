package org.eigensweep.spark.reading;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.eigensweep.spark.failure.OutputException;
import org.eigensweep.spark.file.PlainFiles;
import org.eigensweep.spark.table.Table;

/**
 * The search for the output folders that one path or pattern names.
 *
 * @param given a Hadoop path or pattern
 * @param hadoop the file systems
 */
record FolderSearch(String given, Configuration hadoop) {
  static final String EXPECTED = "expected the output folder of a sweep";

  /**
   * The folders in order of their names, each with its trials.
   *
   * @throws OutputException if there is none, or one is not as a sweep leaves it
   * @throws IOException if they cannot be read
   */
  Map<Path, List<TrialFiles>> found() throws IOException {
    Path path = new Path(given);
    FileSystem files = PlainFiles.of(path, hadoop);
    return files.exists(path) ? one(files, files.getFileStatus(path)) : matching(files, path);
  }

  private Map<Path, List<TrialFiles>> one(FileSystem files, FileStatus status) throws IOException {
    if (!status.isDirectory()) {
      throw new OutputException("%s: a file, %s".formatted(given, EXPECTED));
    }
    List<TrialFiles> trials = FolderListing.of(files, status.getPath());
    if (trials.isEmpty()) {
      throw new OutputException(nothingIn(files, status.getPath()));
    }
    return Map.of(status.getPath(), trials);
  }

  private Map<Path, List<TrialFiles>> matching(FileSystem files, Path pattern) throws IOException {
    FileStatus[] matching = files.globStatus(pattern, path -> !Table.isHidden(path.getName()));
    if (matching == null || matching.length == 0) {
      throw new OutputException("%s: no such folder, %s".formatted(given, EXPECTED));
    }
    Map<Path, List<TrialFiles>> found = new LinkedHashMap<>();
    for (FileStatus status : matching) {
      List<TrialFiles> trials =
          status.isDirectory() ? FolderListing.of(files, status.getPath()) : List.of();
      if (!trials.isEmpty()) {
        found.put(status.getPath(), trials);
      }
    }
    if (found.isEmpty()) {
      throw new OutputException(
          "%s: none of these %d holds rows of a trial, %s"
              .formatted(given, matching.length, EXPECTED));
    }
    return found;
  }

  private String nothingIn(FileSystem files, Path folder) throws IOException {
    FileStatus[] entries = files.listStatus(folder);
    if (entries.length == 0) {
      return "%s: an empty folder, %s".formatted(given, EXPECTED);
    }
    List<String> within = new ArrayList<>();
    for (FileStatus entry : entries) {
      if (entry.isDirectory() && !FolderListing.of(files, entry.getPath()).isEmpty()) {
        within.add(entry.getPath().getName());
      }
    }
    return within.isEmpty()
        ? "%s: no rows of a trial in it, %s; those of a sweep that has just begun come after about a minute"
            .formatted(given, EXPECTED)
        : "%s: no rows of a trial in it, %s, as its %s is; name that, or '%s/*' for all"
            .formatted(given, EXPECTED, within.get(0), given);
  }
}
