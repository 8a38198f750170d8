export { quoteName, quoteText } from '../../../models/sql.ts';
