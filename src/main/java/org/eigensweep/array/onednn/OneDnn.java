package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_default_flags;
import static org.bytedeco.dnnl.global.dnnl.dnnl_stream_destroy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_stream;
import org.bytedeco.javacpp.PointerScope;

/**
 * What one user of oneDNN's kernels holds: compiled primitives for the shapes that it met last, and
 * memory to work in. It is used by one thread at a time and computes on that thread alone, whose
 * number of OpenMP threads it sets to 1; two of them compute side by side, with the same bits.
 */
public final class OneDnn implements AutoCloseable {
  /** Shapes whose primitives are kept; a network asks for some for each layer and chunk size. */
  private static final int CAPACITY = 512;

  private final Library library;
  private final dnnl_stream stream = new dnnl_stream();
  private final Workspace scratch = new Workspace();
  private final Workspace weights = new Workspace();
  private final Workspace results = new Workspace();
  private final Map<Record, Kernel> kernels = new LinkedHashMap<>(64, 0.75f, true);
  private final int capacity;

  /**
   * Opens a stream.
   *
   * @param library oneDNN
   * @param capacity kernels that are kept
   */
  OneDnn(Library library, int capacity) {
    this.library = library;
    this.capacity = capacity;
    Status.check(
        dnnl_stream_create(stream, library.engine(), dnnl_stream_default_flags), "a stream");
  }

  /** Whether the library loads; where it does not, that is logged once a process. */
  public static boolean isAvailable() {
    return Library.shared().isPresent();
  }

  /** Opens oneDNN; empty where its library does not load, which is logged once a process. */
  public static Optional<OneDnn> open() {
    return Library.shared().map(library -> new OneDnn(library, CAPACITY));
  }

  /** Native bytes that wait for the next call; those inside the primitives are not counted. */
  public long bytes() {
    return scratch.bytes() + weights.bytes() + results.bytes();
  }

  /**
   * The kernel of a key: made at the first call, kept until it is the one that has waited longest.
   *
   * @param key what it computes and for which shapes; names its class
   * @param maker makes it; what it describes oneDNN's objects with is freed behind it
   */
  <K extends Kernel> K kernel(Class<K> type, Record key, Supplier<K> maker) {
    prepare();
    Kernel kept = kernels.get(key);
    return type.cast(kept == null ? keep(key, maker) : kept);
  }

  /** Makes the calling thread ready to compute alone. */
  void prepare() {
    if (stream.isNull()) {
      throw new IllegalStateException("oneDNN was used after it had closed");
    }
    library.useOneThread();
  }

  @SuppressWarnings("unchecked") // the scope's empty list of classes
  private Kernel keep(Record key, Supplier<? extends Kernel> maker) {
    if (kernels.size() == capacity) {
      kernels.remove(kernels.keySet().iterator().next()).close();
    }
    PointerScope descriptions = new PointerScope();
    try {
      Kernel made = maker.get();
      kernels.put(key, made);
      return made;
    } finally {
      descriptions.close();
    }
  }

  dnnl_engine engine() {
    return library.engine();
  }

  dnnl_stream stream() {
    return stream;
  }

  /** Memory that a primitive works in. */
  long scratch(long bytes) {
    return scratch.address(bytes);
  }

  /** Memory for weights in the layout of one primitive. */
  long weights(long bytes) {
    return weights.address(bytes);
  }

  /** Memory for a result that the next primitive takes up. */
  long result(long bytes) {
    return results.address(bytes);
  }

  /** Where {@link Library#ZEROS} zeros lie. */
  long zeros() {
    return library.zeros();
  }

  /** Frees all primitives and all memory. */
  @Override
  public void close() {
    kernels.values().forEach(Kernel::close);
    kernels.clear();
    scratch.close();
    weights.close();
    results.close();
    dnnl_stream_destroy(stream);
    stream.setNull();
  }
}
