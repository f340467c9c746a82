package org.eigensweep.data.table;

import java.io.IOException;
import java.io.InputStream;
import java.util.OptionalLong;

/** Bytes that can be read from the front as often as needed: a file, or an entry of an archive. */
interface ByteSource {
  /** The file, and the entry in it, as messages name them. */
  String name();

  /** Number of bytes, where that is known without reading them. */
  OptionalLong length() throws IOException;

  /** Opens it for the caller, who closes it; buffered. */
  InputStream open() throws IOException;
}
