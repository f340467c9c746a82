package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_add;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import java.util.function.LongConsumer;
import org.bytedeco.dnnl.dnnl_memory_desc_t;
import org.bytedeco.javacpp.Pointer;

/**
 * The output of a primitive that overwrites and cannot add: what is to be added goes by way of
 * memory of our own.
 */
final class Output implements AutoCloseable {
  private final OneDnn dnn;
  private final Onto onto;
  private final Binary add;
  private final long writtenBytes;
  private final long zeroedBytes;
  private final RawAddress pointer = new RawAddress();

  private Output(OneDnn dnn, dnnl_memory_desc_t layout, long zeroedBytes, Onto onto) {
    this.dnn = dnn;
    this.onto = onto;
    this.zeroedBytes = zeroedBytes;
    writtenBytes = dnnl_memory_desc_get_size(layout);
    add = new Binary(dnn, dnnl_binary_add, layout, layout, Blend.REPLACE);
  }

  /** An output all of which is written. */
  static Output whole(OneDnn dnn, dnnl_memory_desc_t layout, Onto onto) {
    return new Output(dnn, layout, 0, onto);
  }

  /**
   * Images of which a scan may leave out the ends; these take zeros.
   *
   * @param dnn the thread's oneDNN
   * @param scan how the images are scanned
   * @param images how many there are
   * @param layout what is written of them
   * @param onto what becomes of their old values
   */
  static Output images(
      OneDnn dnn, Geometry scan, int images, dnnl_memory_desc_t layout, Onto onto) {
    long bytes = scan.leavesPositionsOut() ? images * scan.imageSize() * Float.BYTES : 0;
    return new Output(dnn, layout, bytes, onto);
  }

  /**
   * Has the output written.
   *
   * @param to where it lies
   * @param write writes it to an address
   */
  void write(long to, LongConsumer write) {
    switch (onto) {
      case NOTHING -> {
        if (zeroedBytes > 0) {
          Pointer.memset(pointer.at(to), 0, zeroedBytes);
        }
        write.accept(to);
      }
      case SUM -> {
        long result = dnn.result(writtenBytes);
        write.accept(result);
        add.compute(to, result, to);
      }
    }
  }

  @Override
  public void close() {
    add.close();
  }
}
