import {KtopError} from '../../../metrics/model/failure.ts';

/** The error of missing credentials. Has no `cause`, which may quote a file or the output of a plugin. */
export const credentialError = (message: string, hint: string, brief = 'no credentials'): KtopError =>
	new KtopError({code: 'unauthorized', brief, message, hint});
