Console.WriteLine("correlate");
