package org.eigensweep.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

/** Services of tests, for one test alone: the settings of all others list what there is. */
public final class OwnServices {
  private OwnServices() {}

  /**
   * Runs a test as if a jar brought a service.
   *
   * @param folder an empty one
   * @param implementation name of the class
   */
  public static void run(Path folder, Class<?> service, String implementation, Runnable test) {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try {
      Path services = Files.createDirectories(folder.resolve("META-INF/services"));
      Files.writeString(services.resolve(service.getName()), implementation);
      try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
        Thread.currentThread().setContextClassLoader(loader);
        test.run();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      Thread.currentThread().setContextClassLoader(before);
    }
  }
}
