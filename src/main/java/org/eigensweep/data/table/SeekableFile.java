package org.eigensweep.data.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of any Hadoop file system as a channel, read-only. */
final class SeekableFile implements SeekableByteChannel {
  private final FSDataInputStream input;
  private final long size;
  private boolean open = true;

  SeekableFile(FileSystem files, Path path) throws IOException {
    this.size = files.getFileStatus(path).getLen();
    this.input = files.open(path);
  }

  @Override
  public int read(ByteBuffer to) throws IOException {
    if (!to.hasRemaining()) {
      return 0;
    }
    if (input.getPos() >= size) {
      return -1;
    }
    byte[] bytes = new byte[to.remaining()];
    int count = input.read(bytes, 0, bytes.length);
    if (count > 0) {
      to.put(bytes, 0, count);
    }
    return count;
  }

  @Override
  public long position() throws IOException {
    return input.getPos();
  }

  @Override
  public SeekableByteChannel position(long position) throws IOException {
    input.seek(Math.min(position, size)); // Hadoop seeks no further, a channel does
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public int write(ByteBuffer from) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long length) {
    throw new NonWritableChannelException();
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public void close() throws IOException {
    open = false;
    input.close();
  }
}
