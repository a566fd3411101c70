import { runCouncil } from '@guildhall/kernel';
import { westmarch } from './westmarch.config';

void runCouncil(westmarch, process.argv.slice(2));
