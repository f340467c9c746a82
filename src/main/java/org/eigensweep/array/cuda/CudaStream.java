package org.eigensweep.array.cuda;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which a card does what one device asks of it. Calls return before the work is done;
 * {@link #await} waits for all of it. It is used by one thread at a time, which may change.
 */
final class CudaStream implements AutoCloseable {
  /** Threads of a block, as the kernels have it. */
  private static final int THREADS = 256;

  /** More than keep every card busy; kernels go over what is left. */
  private static final long BLOCKS = 1 << 20;

  private static final int MOST_ARGUMENTS = 32;

  /** The context in which each thread is; the driver keeps one a thread. */
  private static final ThreadLocal<long[]> CURRENT = ThreadLocal.withInitial(() -> new long[1]);

  private final Card card;
  private final long context;
  private final long handle;
  private final long module;
  private final Map<String, Long> functions = new HashMap<>();
  private final Memory arguments = new Memory(MOST_ARGUMENTS * 8L);
  private final Memory places = new Memory(MOST_ARGUMENTS * 8L);
  private final LongBuffer slots = arguments.getByteBuffer(0, arguments.size()).asLongBuffer();
  private final List<Long> pinned = new ArrayList<>();
  private boolean open = true;

  /**
   * A new stream on a card.
   *
   * @param cubin its kernels
   */
  CudaStream(Card card, byte[] cubin) {
    this.card = card;
    this.context = Toolkit.context(card);
    enter();
    long[] made = new long[1];
    Driver.check(Driver.cuModuleLoadData(made, cubin), "loading kernels to " + card);
    this.module = made[0];
    // one that does not wait for the work of other libraries
    Driver.check(Driver.cuStreamCreate(made, 1), "a stream on " + card);
    this.handle = made[0];
    long first = Pointer.nativeValue(arguments);
    for (int i = 0; i < MOST_ARGUMENTS; i++) {
      places.setLong(i * 8L, first + i * 8L);
    }
  }

  Card card() {
    return card;
  }

  /** Its handle, for a library that works on it; the calling thread is then in its context. */
  long handle() {
    enter();
    return handle;
  }

  private void enter() {
    if (!open) {
      throw new IllegalStateException("a device was used after it had closed");
    }
    long[] current = CURRENT.get();
    if (current[0] != context) {
      Driver.check(Driver.cuCtxSetCurrent(context), "entering " + card);
      current[0] = context;
    }
  }

  /**
   * Launches a kernel that shares out elements among threads.
   *
   * @param kernel its name
   * @param elements how many there are, at least 1
   * @param given all parameters in order; see {@link #bits} for fractions
   */
  void each(String kernel, long elements, long... given) {
    blocks(kernel, (elements + THREADS - 1) / THREADS, given);
  }

  /** The same for a kernel that shares out tasks among blocks of threads. */
  void blocks(String kernel, long tasks, long... given) {
    enter();
    for (int i = 0; i < given.length; i++) {
      slots.put(i, given[i]);
    }
    int count = (int) Math.min(tasks, BLOCKS);
    long parameters = Pointer.nativeValue(places);
    long function = functions.computeIfAbsent(kernel, this::function);
    int code =
        Driver.cuLaunchKernel(function, count, 1, 1, THREADS, 1, 1, 0, handle, parameters, 0);
    Driver.check(code, kernel);
  }

  private Long function(String kernel) {
    long[] function = new long[1];
    Driver.check(Driver.cuModuleGetFunction(function, module, kernel), "kernel " + kernel);
    return function[0];
  }

  /** A fraction as a kernel's parameter. */
  static long bits(double value) {
    return Double.doubleToRawLongBits(value);
  }

  /** Copies bytes on the card. */
  void copy(long from, long to, long bytes) {
    Driver.check(Driver.cuMemcpyDtoDAsync_v2(to, from, bytes, handle()), "a copy on the card");
  }

  /** Copies bytes from pinned memory to the card. */
  void send(long from, long to, long bytes) {
    Driver.check(Driver.cuMemcpyHtoDAsync_v2(to, from, bytes, handle()), "a copy to the card");
  }

  /** Copies bytes from the card to pinned memory. */
  void fetch(long from, long to, long bytes) {
    Driver.check(Driver.cuMemcpyDtoHAsync_v2(to, from, bytes, handle()), "a copy from the card");
  }

  /** Sets bytes on the card to zero. */
  void clear(long address, long bytes) {
    Driver.check(Driver.cuMemsetD8Async(address, (byte) 0, bytes, handle()), "zeros on the card");
  }

  /** Ordinary memory that the card can reach and that never moves, until the stream closes. */
  long pinned(long bytes) {
    enter();
    long[] address = new long[1];
    Driver.check(Driver.cuMemHostAlloc(address, bytes, 0), bytes + " bytes of pinned memory");
    pinned.add(address[0]);
    return address[0];
  }

  /** Waits until all is done that was asked for. */
  void await() {
    Driver.check(Driver.cuStreamSynchronize(handle()), "work on " + card);
  }

  /** Waits until the card does nothing more here, whether it failed or not. */
  void settle() {
    Driver.cuStreamSynchronize(handle());
  }

  /** Waits for the work, and frees the stream, its kernels and its pinned memory. */
  @Override
  public void close() {
    settle();
    pinned.forEach(Driver::cuMemFreeHost);
    Driver.cuStreamDestroy_v2(handle);
    Driver.cuModuleUnload(module);
    open = false;
  }
}
