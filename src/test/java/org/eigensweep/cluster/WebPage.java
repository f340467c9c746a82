package org.eigensweep.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What a cluster's processes say over HTTP. */
final class WebPage {
  private WebPage() {}

  /** The page, once somebody serves it. */
  static Optional<String> answer(String url) {
    try {
      return Optional.of(read(url));
    } catch (UncheckedIOException e) {
      return Optional.empty();
    }
  }

  static String read(String url) {
    try (InputStream in = URI.create(url).toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
