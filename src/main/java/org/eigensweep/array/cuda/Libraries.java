package org.eigensweep.array.cuda;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the libraries of CUDA may lie on this machine.
 *
 * @param folders where to look, in this order
 */
record Libraries(List<Path> folders) {
  /** Names the folders that come first, separated as those of a class path. */
  static final String VARIABLE = "EIGENSWEEP_CUDA_LIBRARIES";

  /** Stands for the folders in which the system's own loader looks. */
  static final Path LOADER = Path.of("");

  /**
   * How a library of a folder is opened: lazily and for others to see, as JNA does anyway. JNA
   * remembers libraries by the names of their files and by their options, and would otherwise give
   * one of a folder for that of the loader.
   */
  private static final Map<String, ?> OF_A_FOLDER = Map.of(Library.OPTION_OPEN_FLAGS, 0x101);

  /** A library that was found and loaded, under the name of its file. */
  record Found(String name, NativeLibrary library) {}

  /**
   * Those of this machine: the folders that {@value #VARIABLE} names, then the loader's, then those
   * of the toolkit and of Python's packages.
   */
  static Libraries ofMachine() {
    List<Path> folders = new ArrayList<>();
    String given = System.getenv(VARIABLE);
    if (given != null) {
      Stream.of(given.split(File.pathSeparator)).map(Path::of).forEach(folders::add);
    }
    folders.add(LOADER);
    folders.addAll(matching(Path.of("/usr/local"), "cuda*", "lib64"));
    for (Path python : pythons()) {
      for (Path site : matching(python.resolve("lib"), "python3*", "*-packages")) {
        folders.addAll(matching(site.resolve("nvidia"), "*", "lib"));
      }
    }
    return new Libraries(folders);
  }

  private static List<Path> pythons() {
    List<Path> roots = new ArrayList<>();
    for (String variable : List.of("VIRTUAL_ENV", "CONDA_PREFIX")) {
      if (System.getenv(variable) != null) {
        roots.add(Path.of(System.getenv(variable)));
      }
    }
    roots.add(Path.of(System.getProperty("user.home"), ".local"));
    roots.add(Path.of("/usr/local"));
    roots.add(Path.of("/usr"));
    roots.addAll(matching(Path.of("/"), "opt", "*"));
    return roots;
  }

  /** The folders two levels below one whose names match two patterns. */
  private static List<Path> matching(Path root, String first, String second) {
    List<Path> found = new ArrayList<>();
    for (Path one : matching(root, first)) {
      found.addAll(matching(one, second));
    }
    return found;
  }

  private static List<Path> matching(Path root, String pattern) {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> some = Files.newDirectoryStream(root, pattern)) {
      some.forEach(path -> found.add(path));
    } catch (IOException e) {
      return List.of(); // not there, or not ours to read
    }
    found.sort(null);
    return found;
  }

  /** Loads the first of some names that is found. */
  Optional<Found> load(List<String> names) {
    return load(names, "");
  }

  /**
   * The same for a library with another part that lies beside it: the system's loader finds that
   * part in folders of its own alone, or where it is loaded already.
   *
   * @param part pattern of the part's file
   */
  Optional<Found> load(List<String> names, String part) {
    for (String name : names) {
      for (Path folder : folders) {
        Optional<NativeLibrary> library = load(folder, name, part);
        if (library.isPresent()) {
          return Optional.of(new Found(name, library.get()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<NativeLibrary> load(Path folder, String name, String part) {
    Path file = folder.resolve(name);
    boolean ours = !folder.equals(LOADER);
    if (ours && !Files.exists(file)) {
      return Optional.empty();
    }
    try {
      if (ours && !part.isEmpty()) {
        matching(folder, part)
            .forEach(one -> NativeLibrary.getInstance(one.toString(), OF_A_FOLDER));
      }
      return Optional.of(
          ours
              ? NativeLibrary.getInstance(file.toString(), OF_A_FOLDER)
              : NativeLibrary.getInstance(name));
    } catch (UnsatisfiedLinkError e) {
      return Optional.empty();
    }
  }
}
