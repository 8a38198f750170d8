import type { Feedback, Message } from '../models/conversation.ts';
import type { Page, PageRequest } from '../models/page.ts';

/** What people said of answers, kept with their conversations. */
export interface FeedbackStore {
  /**
   * Questions whose answer was found good, or was corrected; the latest feedback first; a page may be
   * shorter than asked for.
   * @param ownerId the account whose conversations are meant, those of its end users included; null: all accounts
   */
  approved(ownerId: string | null, page: PageRequest): Promise<Page<ReviewedTurn>>;
}

export interface ReviewedTurn {
  question: Message;
  answer: Message;
  feedback: Feedback;
}
