import {KtopError} from '../../../source/metrics/model/failure.ts';

/** The KtopError that `work` rejects with; anything else fails the test. */
export async function failureOf(work: () => Promise<unknown>): Promise<KtopError> {
	try {
		await work();
	} catch (error) {
		if (error instanceof KtopError) {
			return error;
		}
		throw error;
	}
	throw new Error('expected a KtopError, and nothing was thrown');
}
