package org.eigensweep.array.cuda;

/** What is missing or failed on the way to a card, in one line. */
public final class CudaException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  CudaException(String message) {
    super(message);
  }
}
