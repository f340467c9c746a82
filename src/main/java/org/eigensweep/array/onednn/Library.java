package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_cpu;
import static org.bytedeco.dnnl.global.dnnl.dnnl_engine_create;
import static org.bytedeco.dnnl.global.dnnl.dnnl_set_primitive_cache_capacity;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** oneDNN's library, which a process loads at most once, with the engine that all threads share. */
final class Library {
  private static final Logger LOG = LoggerFactory.getLogger(Library.class);

  /** Primitives that the library itself keeps, so that a second thread need not compile them. */
  private static final int KEPT = 256;

  /** Zeros that are there to be read: as many as stay in a second-level cache. */
  static final int ZEROS = 1 << 16;

  private static final class Shared {
    static final Optional<Library> LIBRARY = load(() -> Loader.load(dnnl.class));
  }

  private final Function setOmpNumThreads;
  private final ThreadLocal<Boolean> keptToOne = ThreadLocal.withInitial(() -> false);
  private final dnnl_engine engine = new dnnl_engine();
  private final FloatPointer zeros;

  private Library(String path) {
    // Asked of the library itself: a process may hold a second OpenMP, which ND4J brings.
    setOmpNumThreads = NativeLibrary.getInstance(path).getFunction("omp_set_num_threads");
    Status.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
    Status.check(dnnl_set_primitive_cache_capacity(KEPT), "a capacity");
    zeros = new FloatPointer(ZEROS);
    zeros.retainReference(); // outlives any scope of who calls first
    Pointer.memset(zeros, 0, (long) ZEROS * Float.BYTES);
  }

  /** The library of this process, loaded at the first call; empty where it does not load. */
  static Optional<Library> shared() {
    return Shared.LIBRARY;
  }

  /**
   * Loads the library; logs why it does not.
   *
   * @param loader loads it and returns its path
   */
  static Optional<Library> load(Supplier<String> loader) {
    try {
      return Optional.of(new Library(loader.get()));
    } catch (LinkageError | RuntimeException e) {
      LOG.info("oneDNN is left out: {}", e.toString());
      return Optional.empty();
    }
  }

  /** Where the zeros lie, as long as this lives. */
  long zeros() {
    return zeros.address();
  }

  dnnl_engine engine() {
    return engine;
  }

  /**
   * Keeps the calling thread's kernels on this thread. OpenMP holds this number for every thread
   * apart; a team of one starts no threads, so none spins between calls. It is said once a thread.
   */
  void useOneThread() {
    if (!keptToOne.get()) {
      setOmpNumThreads.invokeVoid(new Object[] {1});
      keptToOne.set(true);
    }
  }
}
