import {KtopError} from '../../../metrics/model/failure.ts';

/** No credential could be had. Never given a cause: causes may quote what a plugin or a file holds. */
export const credentialError = (message: string, hint: string, brief = 'no credentials'): KtopError =>
	new KtopError({code: 'unauthorized', brief, message, hint});
