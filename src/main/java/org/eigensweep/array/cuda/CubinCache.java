package org.eigensweep.array.cuda;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Machine code that was compiled before, a file for each source, card's architecture and driver.
 * Where the folder cannot be written, nothing is kept and each process compiles its own.
 *
 * @param folder where the files are; made when it is needed
 */
record CubinCache(Path folder) {
  /** The user's: {@code $XDG_CACHE_HOME/eigensweep/cuda}, by default in {@code ~/.cache}. */
  static CubinCache ofUser() {
    String given = System.getenv("XDG_CACHE_HOME");
    Path caches =
        given == null || given.isEmpty()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(given);
    return new CubinCache(caches.resolve("eigensweep").resolve("cuda"));
  }

  /**
   * Where the machine code of some texts lies.
   *
   * @param texts all on which it depends
   */
  Path file(List<String> texts) {
    return folder.resolve(HexFormat.of().formatHex(hash(texts)) + ".cubin");
  }

  /** SHA-256 of texts, one after the other. */
  static byte[] hash(List<String> texts) {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      texts.forEach(text -> hash.update((text + '\0').getBytes(StandardCharsets.UTF_8)));
      return hash.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has it", e);
    }
  }

  /** What is kept in a file. */
  Optional<byte[]> read(Path file) {
    try {
      return Optional.of(Files.readAllBytes(file));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Keeps machine code; another process sees all of it or nothing. */
  void write(Path file, byte[] cubin) {
    try {
      Files.createDirectories(folder);
      Path made = Files.createTempFile(folder, "new", ".cubin"); // for its owner alone
      Files.write(made, cubin);
      Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      // the next process compiles again, for some tenths of a second
    }
  }
}
