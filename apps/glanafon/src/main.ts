import { runCouncil } from '@guildhall/kernel';
import { glanafon } from './council.config';

void runCouncil(glanafon, process.argv.slice(2));
