import { dialectJourneys } from '../support/journeys/dialect-journeys.ts';
import { startOneService } from '../support/journeys/start-service.ts';

dialectJourneys('the built program', startOneService);
