// The least that reading one kubelet can be: Node's own start, one GET, and nothing done with the answer.
import {get} from 'node:http';

get(process.argv[2], response => {
	response.resume();
});
