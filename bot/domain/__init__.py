"""The words of the business: orders, money, SMS, offers, errors. Standard library only, no I/O."""
