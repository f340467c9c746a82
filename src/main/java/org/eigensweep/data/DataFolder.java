package org.eigensweep.data;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The folder that holds the files of one data set, found on its file system. */
public final class DataFolder {
  private static final String GZIP = ".gz";

  private final String name;
  private final FileSystem files;
  private final Path path;

  private DataFolder(String name, FileSystem files, Path path) {
    this.name = name;
    this.files = files;
    this.path = path;
  }

  /**
   * Finds the folder: the first of the sub-folders that {@code dir} has, else {@code dir} itself.
   *
   * @param name the data set, as messages call it
   * @throws DataException if {@code dir} is no folder, or no file system serves it
   */
  public static DataFolder find(
      String name, String dir, Configuration hadoop, String... subFolders) {
    try {
      Path given = new Path(dir);
      FileSystem files = FileSystems.of(given, hadoop);
      Path folder = files.makeQualified(given);
      if (!isFolder(files, folder)) {
        throw new DataException(
            ("%s: no such folder, expected the one that holds the %s files,"
                    + " or holds them in a sub-folder %s")
                .formatted(folder, name, String.join(" or ", subFolders)));
      }
      for (String subFolder : subFolders) {
        Path inside = new Path(folder, subFolder);
        if (isFolder(files, inside)) {
          return new DataFolder(name, files, inside);
        }
      }
      return new DataFolder(name, files, folder);
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop reports a malformed path and an unknown host as illegal arguments.
      throw new DataException(
          ("data folder '%s': cannot be reached (%s),"
                  + " expected a folder on a file system that Hadoop is configured for")
              .formatted(dir, DataException.firstLine(e)),
          e);
    }
  }

  private static boolean isFolder(FileSystem files, Path path) throws IOException {
    try {
      return files.getFileStatus(path).isDirectory();
    } catch (FileNotFoundException e) {
      return false;
    }
  }

  /** The file system that serves the folder. */
  public FileSystem files() {
    return files;
  }

  /** The folder, qualified. */
  public Path path() {
    return path;
  }

  /** The file of a name, plain before {@code .gz}, if it is there. */
  public Optional<Path> locate(String file) {
    try {
      for (Path candidate : candidates(file)) {
        if (files.exists(candidate)) {
          return Optional.of(candidate);
        }
      }
      return Optional.empty();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  /**
   * The file of a name, plain before {@code .gz}.
   *
   * @param otherNames under which people have it, taken where the first is not there
   * @throws DataException if neither is there
   */
  public Path require(String file, String... otherNames) {
    return Stream.concat(Stream.of(file), Arrays.stream(otherNames))
        .flatMap(name -> locate(name).stream())
        .findFirst()
        .orElseThrow(() -> missing(candidates(file)));
  }

  /**
   * The one file whose name begins and ends so, plain before {@code .gz}.
   *
   * @throws DataException if there is none, or more than one name
   */
  public Path requireOne(String beginning, String end) {
    List<String> names = names(beginning, end);
    if (names.isEmpty()) {
      throw missing(candidates(beginning + "*" + end));
    }
    if (names.size() > 1) {
      throw new DataException(
          "%s: %s, expected one file %s*%s: leave one of them there"
              .formatted(path, String.join(" and ", names), beginning, end));
    }
    return require(names.get(0));
  }

  private List<String> names(String beginning, String end) {
    try {
      return Arrays.stream(files.listStatus(path))
          .filter(FileStatus::isFile)
          .map(FileStatus::getPath)
          .map(Path::getName)
          .map(
              file -> file.endsWith(GZIP) ? file.substring(0, file.length() - GZIP.length()) : file)
          .filter(file -> file.startsWith(beginning) && file.endsWith(end))
          .distinct()
          .sorted()
          .toList();
    } catch (IOException e) {
      throw unlisted(e);
    }
  }

  private List<Path> candidates(String file) {
    return List.of(new Path(path, file), new Path(path, file + GZIP));
  }

  private DataException missing(List<Path> candidates) {
    return new DataException(
        ("%s: no such file, nor %s, expected one of the two:"
                + " put %s's file there, or name the folder that holds it")
            .formatted(candidates.get(0), candidates.get(1), name));
  }

  private DataException unlisted(IOException e) {
    return new DataException(
        "%s: cannot be listed (%s)".formatted(path, DataException.firstLine(e)), e);
  }
}
