import { documentJourneys } from '../support/journeys/document-journeys.ts';
import { startOneService } from '../support/journeys/start-service.ts';

documentJourneys('the built program', startOneService);
