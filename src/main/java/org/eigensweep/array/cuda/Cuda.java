package org.eigensweep.array.cuda;

import java.util.List;
import org.eigensweep.array.Precision;

/** The cards of this machine. */
public final class Cuda {
  private static Toolkit shared;

  /**
   * What there is.
   *
   * @param cards all cards that the driver shows, also those that are too old; none where something
   *     is missing
   * @param lack what is missing, in one line; empty where there is a card that serves
   */
  public record Found(List<Card> cards, String lack) {
    /** Whether a device can be opened on one of the cards. */
    public boolean serves() {
      return lack.isEmpty();
    }
  }

  private Cuda() {}

  /** The libraries of this process, bound at the first call that finds them. */
  static synchronized Toolkit toolkit() {
    if (shared == null) {
      shared = Toolkit.bind(Libraries.ofMachine());
    }
    return shared;
  }

  /** Looks for cards and for what they need; nothing is kept on a card. */
  public static Found found() {
    try {
      return found(toolkit());
    } catch (CudaException e) {
      return new Found(List.of(), e.getMessage());
    }
  }

  static Found found(Toolkit toolkit) {
    List<Card> cards = toolkit.cards();
    if (cards.stream().anyMatch(Card::isServed)) {
      return new Found(cards, "");
    }
    try {
      toolkit.card(0); // refuses it, and says why
      return new Found(cards, "");
    } catch (CudaException e) {
      return new Found(cards, e.getMessage());
    }
  }

  /** Opens a device; see {@link CudaDevice#open}. */
  static CudaDevice open(Toolkit toolkit, CubinCache cache, Precision precision, int ordinal) {
    Card card = toolkit.card(ordinal);
    CudaStream stream = new CudaStream(card, new Cubins(toolkit, cache).load(card, precision));
    CardMemory memory = new CardMemory(stream);
    try {
      return new CudaDevice(precision, stream, memory);
    } catch (RuntimeException | Error e) { // others that share the card may have filled it
      memory.close();
      stream.close();
      throw e;
    }
  }
}
