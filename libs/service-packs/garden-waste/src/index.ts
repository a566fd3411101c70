export { gardenWaste, gardenWasteService } from './garden-waste';
