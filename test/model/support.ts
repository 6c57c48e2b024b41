export { olderApi as olderApiOf } from '../../source/clients/docker.ts';
export { memoryInUse } from '../../source/clients/docker-answers.ts';
